using System.Diagnostics;
using Coordinator.Client;
using Coordinator.IntegrationTests.Redshift;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>The main workload of the coordinator, against a simulated Redshift Serverless: a silo with provider Redshift, its clients, and readers
/// that know neither. The silo logs in over TLS with passwords of IAM that expire all the time, as a user who is no superuser, and the network
/// forgets idle connections.</summary>
public sealed class RedshiftWorkloadTests(ITestOutputHelper output)
{
    private const int Inserters = 8;

    // Each caller has one intent under way, so a batch has at most this many: enough to keep a table busy whose commits are two seconds
    // apart.
    private const int Callers = 4096;

    private const string Tables = """
        CREATE TABLE events (id bigint NOT NULL, kind int NOT NULL, loaded timestamptz NOT NULL DEFAULT now());
        CREATE TABLE summary (kind int NOT NULL, events bigint NOT NULL); INSERT INTO summary VALUES (0, 0), (1, 0);
        CREATE TABLE counted (upto timestamptz NOT NULL, events bigint NOT NULL)
        """;

    /// <summary>Updates one table from another, and counts what was added since its last run.</summary>
    private const string Job = """
        UPDATE summary SET events = e.n FROM (SELECT kind, count(*) AS n FROM events GROUP BY kind) e WHERE e.kind = summary.kind;
        INSERT INTO counted SELECT max(loaded), count(*) FROM events WHERE loaded > (SELECT coalesce(max(upto), '2000-01-01') FROM counted) HAVING count(*) > 0
        """;

    private const string Read = "SELECT count(*) FROM summary s JOIN events e ON e.kind = s.kind";
    private const string Uncounted = "SELECT (SELECT count(*) FROM events) - (SELECT coalesce(sum(events), 0)::bigint FROM counted)";

    private static readonly TimeSpan Half = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan JobPause = TimeSpan.FromSeconds(2);

    /// <summary>Without the coordinator SERIALIZABLE fails transactions. SNAPSHOT fails few, but no run counts the rows that are added while the
    /// job runs.</summary>
    [Theory]
    [InlineData(IsolationLevel.Serializable)]
    [InlineData(IsolationLevel.Snapshot)]
    public async Task The_cycle_fails_or_loses_uncoordinated_and_does_neither_coordinated(IsolationLevel isolation)
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var logins = await AwsLogins.StartAsync(configure => SimulatedRedshift.StartAsync(postgres, isolation, options =>
            configure(options) with
            {
                Deployment = RedshiftDeployment.Serverless,
                DatabaseUser = "loader",
                ForgetsAfter = TimeSpan.FromSeconds(5),
                CommitLatency = TimeSpan.FromMilliseconds(20),
                ConcurrentCommits = 4,
            }));
        logins.Aws.PasswordLife = TimeSpan.FromSeconds(3);
        var redshift = logins.Redshift;
        await redshift.RunBehindAsync(Tables);
        var database = await redshift.AskBehindAsync("SELECT current_database()");
        await redshift.RunBehindAsync($"CREATE ROLE loader LOGIN; GRANT CREATE ON DATABASE {database} TO loader; "
            + "GRANT SELECT, INSERT, UPDATE ON events, summary, counted TO loader");
        await using var others = Others(logins);
        var failed = await UncoordinatedAsync(others);
        await RunAsync(others, $"BEGIN; {Job}; COMMIT");
        var lost = (long)(await redshift.AskBehindAsync(Uncounted))!;
        var violations = redshift.Server.Violations;
        await redshift.RunBehindAsync("TRUNCATE events, counted");

        await using var silo = await SiloProcess.StartAsync(logins.SiloSettings("workload"));
        using var host = await silo.ConnectAsync();
        var (rows, updates, statements) = await CoordinatedAsync(redshift, others, host.Services.GetRequiredService<ICoordinatorClient>());

        var share = (double)statements / rows;
        output.WriteLine($"{isolation}: {failed} failures and {lost} rows never counted uncoordinated; coordinated {rows} single-row intents, "
            + $"{updates} updates, {statements} statements ({share:0.0000} an intent), {redshift.Server.Violations - violations} failures");
        if (isolation == IsolationLevel.Serializable) Assert.True(failed > 0, "uncoordinated, some transactions fail");
        else Assert.True(lost > 0, "uncoordinated, some rows are never counted");
        Assert.Equal(violations, redshift.Server.Violations);
        Assert.True(updates > 0, "the job runs");
        Assert.Equal(0L, await redshift.AskBehindAsync(Uncounted));
        Assert.Equal(rows, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
        Assert.Equal(rows, await redshift.AskBehindAsync("SELECT count(DISTINCT id) FROM events"));
        Assert.Equal(1L, await redshift.AskBehindAsync(
            "SELECT count(DISTINCT application_name) FROM pg_stat_activity WHERE application_name LIKE 'coordinator/%'"));
        Assert.True(share < 0.02, $"{statements} statements for {rows} intents");
        // The simulator refused no statement.
        Assert.Empty(redshift.Server.Refused);
        Assert.Empty(ForeignSql.In(redshift.Server.Log));
    }

    /// <summary>Runs all writers without the coordinator and returns the number of failed transactions.</summary>
    private static async Task<long> UncoordinatedAsync(NpgsqlDataSource others)
    {
        var clock = Stopwatch.StartNew();
        var failures = 0L;
        var number = 0L;
        await Task.WhenAll(
        [
            // Row by row, some a few and some many, so that the first transaction to begin is not always the first to end.
            .. Enumerable.Range(0, Inserters).Select(i => RepeatAsync(() => string.Join(
                ';', Enumerable.Range(0, 1 + (2 * i)).Select(_ => $"INSERT INTO events VALUES ({Interlocked.Increment(ref number)}, 1)")))),
            RepeatAsync(static () => Job),
            RepeatAsync(static () => Read),
        ]);
        return failures;

        async Task RepeatAsync(Func<string> sql)
        {
            while (clock.Elapsed < Half)
            {
                try
                {
                    await RunAsync(others, $"BEGIN; {sql()}; COMMIT");
                }
                catch (PostgresException e) when (e.MessageText == "1023")
                {
                    Interlocked.Increment(ref failures);
                }
            }
        }
    }

    /// <summary>The connections of writers and readers that are not ours: their password lasts, and none is idle until the network forgets
    /// it.</summary>
    private static NpgsqlDataSource Others(AwsLogins logins)
    {
        logins.SetPassword("analyst", "analyst");
        var connection = logins.Connection("analyst", isPooled: true);
        (connection.Password, connection.ConnectionIdleLifetime, connection.ConnectionPruningInterval) = ("analyst", 1, 1);
        return NpgsqlDataSource.Create(connection);
    }

    private static async Task RunAsync(NpgsqlDataSource others, string sql)
    {
        await using var command = others.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs enough writers through the silo to keep it busy, the job through the silo too, and a reader directly on the
    /// warehouse.</summary>
    private static async Task<(long Rows, int Updates, long Statements)> CoordinatedAsync(
        SimulatedRedshift redshift, NpgsqlDataSource others, ICoordinatorClient client)
    {
        var events = TableName.Parse("events");
        var job = new UpdateRequest { Sql = Job, Writes = [TableName.Parse("summary"), TableName.Parse("counted")], Reads = [events] };
        var schema = new RowSchema(("id", ColumnType.Int64), ("kind", ColumnType.Int64));
        var clock = Stopwatch.StartNew();
        var (number, updates, reads) = (0L, 0, 0L);
        var before = redshift.Server.Statements;
        var writers = Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < Half)
            {
                var row = new RowBlockBuilder(schema);
                row[0].Append(Interlocked.Increment(ref number));
                row[1].Append(1L);
                await client.InsertAsync(events, row.Build());
            }
        }));
        var updater = Task.Run(async () =>
        {
            while (clock.Elapsed < Half)
            {
                (await client.UpdateAsync(job)).EnsureNotRejected();
                updates++;
                await Task.Delay(JobPause, TimeProvider.System);
            }
        });
        var reader = Task.Run(async () =>
        {
            while (clock.Elapsed < Half)
            {
                await RunAsync(others, Read);
                reads++;
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        });
        await Task.WhenAll([.. writers, updater, reader]);
        // One more run after the writers have stopped: a row that this run does not count is never counted.
        (await client.UpdateAsync(job)).EnsureNotRejected();
        return (number, updates, redshift.Server.Statements - before - reads);
    }
}
