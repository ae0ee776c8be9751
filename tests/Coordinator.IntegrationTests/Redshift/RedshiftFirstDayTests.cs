using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: Serverless, with a user who has the documented grants only, a password that changes all the time, and sessions that die
/// at COMMIT. <c>COORDINATOR_KILLS=500</c> makes it 500 ends.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftFirstDayTests(PostgresFixture fixture, ITestOutputHelper output) : RedshiftTestBase(fixture), IDisposable
{
    private readonly string _passwordFile = Path.GetTempFileName();
    private readonly BatchWriter _writer = new();

    public void Dispose() => File.Delete(_passwordFile);

    [Fact]
    public async Task Every_intent_is_written_once()
    {
        var wanted = int.TryParse(Environment.GetEnvironmentVariable("COORDINATOR_KILLS"), out var given) ? given : 15;
        var number = 0;
        // As with AWS's temporary passwords, the one before is valid for a while.
        await using var redshift = await StartAsync(IsolationLevel.Snapshot, options => options with
        {
            Deployment = RedshiftDeployment.Serverless,
            LateCommitAfter = TimeSpan.FromMilliseconds(30),
            ConcurrentCommits = 4,
            PasswordsOf = _ => [$"p{Volatile.Read(ref number)}", $"p{Volatile.Read(ref number) - 1}"],
        });
        var user = $"loader{Guid.NewGuid():N}";
        var database = await redshift.AskBehindAsync("SELECT current_database()");
        await redshift.RunBehindAsync(
            $"CREATE ROLE {user} LOGIN; GRANT CREATE ON DATABASE {database} TO {user}; CREATE TABLE others (id bigint NOT NULL, name varchar(40)); "
            + $"GRANT INSERT ON events, others TO {user}");
        await using var services = new ServiceCollection().AddLogging().AddRedshiftWarehouse(options =>
        {
            options.ConnectionString = new NpgsqlConnectionStringBuilder(redshift.ConnectionString) { Username = user }.ConnectionString;
            options.PasswordFile = _passwordFile;
        }).BuildServiceProvider();
        var warehouse = services.GetRequiredService<IWarehouse>();
        using var over = new CancellationTokenSource();
        await ChangePasswordAsync();
        var changing = ChangeAsync(over.Token);

        var (kills, random) = (0, new Random(3));
        redshift.Server.KillAtCommit = _ =>
        {
            lock (random)
            {
                if (kills >= wanted || random.Next(3) > 0) return CommitKill.None;
                kills++;
                return (CommitKill)random.Next(1, 4);
            }
        };
        string[] tables = ["events", "others"];
        var written = await Task.WhenAll(
            tables.Select((table, i) => _writer.WriteAsync(warehouse, TableName.Parse(table), i, () => Killed() < wanted)));
        await over.CancelAsync();
        await changing;

        for (var i = 0; i < tables.Length; i++)
        {
            Assert.Equal(written[i], await redshift.AskBehindAsync($"SELECT count(*) FROM {tables[i]}"));
            Assert.Equal(written[i], await redshift.AskBehindAsync($"SELECT count(DISTINCT id) FROM {tables[i]}"));
        }

        Assert.Null(warehouse.Trouble);
        output.WriteLine(
            $"{wanted} sessions ended at COMMIT, {number} passwords, {written.Sum()} intents, {_writer.Retries} tries again: 0 lost, 0 doubled");

        int Killed()
        {
            lock (random) return kills;
        }

        async Task ChangePasswordAsync()
        {
            // Moved into place, so that no login reads half a password.
            await File.WriteAllTextAsync(_passwordFile + ".new", $"p{number + 1}");
            Interlocked.Increment(ref number);
            File.Move(_passwordFile + ".new", _passwordFile, overwrite: true);
        }

        async Task ChangeAsync(CancellationToken stop)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
            try
            {
                while (await timer.WaitForNextTickAsync(stop)) await ChangePasswordAsync();
            }
            catch (OperationCanceledException)
            {
                // The writers are done.
            }
        }
    }
}
