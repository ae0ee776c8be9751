using System.Diagnostics;
using Coordinator.Client;
using Coordinator.IntegrationTests.Redshift;
using Coordinator.RedshiftSimulator;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>The workload that this program exists for, against what behaves like Redshift: a silo with provider Redshift, its clients, and readers that know of neither.</summary>
public sealed class RedshiftWorkloadTests(ITestOutputHelper output)
{
    private const int Inserters = 8;
    private const string Job = "UPDATE summary SET events = e.n FROM (SELECT kind, count(*) AS n FROM events GROUP BY kind) e WHERE e.kind = summary.kind";
    private const string Read = "SELECT count(*) FROM summary s JOIN events e ON e.kind = s.kind";

    private static readonly TimeSpan Half = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData(IsolationLevel.Serializable)]
    [InlineData(IsolationLevel.Snapshot)]
    public async Task The_cycle_fails_uncoordinated_and_nothing_fails_coordinated(IsolationLevel isolation)
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var redshift = await SimulatedRedshift.StartAsync(postgres, isolation, static options => options with { CommitLatency = TimeSpan.FromMilliseconds(20), ConcurrentCommits = 4 });
        await redshift.RunAsync("CREATE TABLE events (id bigint NOT NULL, kind int NOT NULL); CREATE TABLE summary (kind int NOT NULL, events bigint NOT NULL); INSERT INTO summary VALUES (0, 0), (1, 0)");
        var uncoordinated = isolation == IsolationLevel.Serializable ? await UncoordinatedAsync(redshift) : 0;
        var violations = redshift.Server.Violations;
        await redshift.RunBehindAsync("TRUNCATE events");

        await using var silo = await SiloProcess.StartAsync(new Dictionary<string, string?>
        {
            ["Coordinator:Warehouse:Provider"] = "Redshift",
            ["Coordinator:Warehouse:ConnectionString"] = redshift.ConnectionString,
        });
        using var host = await ConnectAsync(silo);
        var (rows, updates, statements) = await CoordinatedAsync(redshift, host.Services.GetRequiredService<ICoordinatorClient>());

        output.WriteLine($"{isolation}: {uncoordinated} failures uncoordinated; coordinated {rows} single-row intents, {updates} updates, {statements} statements ({(double)statements / rows:0.0000} an intent), {redshift.Server.Violations - violations} failures");
        if (isolation == IsolationLevel.Serializable) Assert.True(uncoordinated > 0, "uncoordinated, some transactions fail");
        Assert.Equal(violations, redshift.Server.Violations);
        Assert.True(updates > 0, "the job runs");
        Assert.Equal(rows, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
        Assert.Equal(rows, await redshift.AskBehindAsync("SELECT count(DISTINCT id) FROM events"));
        Assert.Equal(1L, await redshift.AskBehindAsync("SELECT count(DISTINCT application_name) FROM pg_stat_activity WHERE application_name LIKE 'coordinator/%'"));
        // Nothing that Redshift would not understand.
        Assert.Empty(redshift.Server.Refused);
    }

    /// <summary>Everybody on their own: how many transactions failed.</summary>
    private static async Task<long> UncoordinatedAsync(SimulatedRedshift redshift)
    {
        var clock = Stopwatch.StartNew();
        var failures = 0L;
        var number = 0L;
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, Inserters).Select(_ => RepeatAsync(() => $"INSERT INTO events VALUES ({Interlocked.Increment(ref number)}, 1)")),
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
                    await redshift.RunAsync($"BEGIN; {sql()}; COMMIT");
                }
                catch (PostgresException e) when (e.MessageText == "1023")
                {
                    Interlocked.Increment(ref failures);
                }
            }
        }
    }

    /// <summary>Writers through the silo as many as it takes to keep it busy, the job through it too, and a reader straight at the warehouse.</summary>
    private static async Task<(long Rows, int Updates, long Statements)> CoordinatedAsync(SimulatedRedshift redshift, ICoordinatorClient client)
    {
        var (events, summary) = (TableName.Parse("events"), TableName.Parse("summary"));
        var schema = new RowSchema(("id", ColumnType.Int64), ("kind", ColumnType.Int64));
        var clock = Stopwatch.StartNew();
        var (number, updates, reads) = (0L, 0, 0L);
        var before = redshift.Server.Statements;
        var writers = Enumerable.Range(0, 512).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < Half)
            {
                var row = new RowBlockBuilder(schema);
                row[0].Append(Interlocked.Increment(ref number));
                row[1].Append(1L);
                await client.InsertAsync(events, row.Build());
            }
        }));
        var job = Task.Run(async () =>
        {
            while (clock.Elapsed < Half)
            {
                await client.UpdateAsync(new UpdateRequest { Sql = Job, Writes = [summary], Reads = [events] });
                updates++;
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }
        });
        var reader = Task.Run(async () =>
        {
            while (clock.Elapsed < Half)
            {
                await redshift.RunAsync(Read);
                reads++;
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        });
        await Task.WhenAll([.. writers, job, reader]);
        return (number, updates, redshift.Server.Statements - before - reads);
    }

    private static async Task<IHost> ConnectAsync(SiloProcess silo)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(silo.ClientSettings);
        builder.AddCoordinatorClient();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
