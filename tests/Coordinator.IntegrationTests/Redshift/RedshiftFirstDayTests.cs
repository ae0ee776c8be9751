using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: Serverless over TLS, with a user who has the documented grants only, passwords of IAM that expire all the time, a network
/// that forgets idle connections, and sessions that die at COMMIT. <c>COORDINATOR_KILLS=500</c> makes it 500 ends, with passwords of 20 s.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftFirstDayTests(PostgresFixture fixture, ITestOutputHelper output) : RedshiftTestBase(fixture)
{
    private const int RowsBetweenPauses = 2_000;

    private static readonly TimeSpan ForgetsAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);

    private readonly BatchWriter _writer = new();

    [Fact]
    public async Task Every_intent_is_written_once()
    {
        var isByHand = int.TryParse(Environment.GetEnvironmentVariable("COORDINATOR_KILLS"), out var given);
        var wanted = isByHand ? given : 15;
        var user = $"loader{Guid.NewGuid():N}";
        await using var logins = await AwsLogins.StartAsync(configure => StartAsync(IsolationLevel.Snapshot, options => configure(options) with
        {
            Deployment = RedshiftDeployment.Serverless,
            DatabaseUser = user,
            ForgetsAfter = ForgetsAfter,
            LateCommitAfter = TimeSpan.FromMilliseconds(30),
            ConcurrentCommits = 4,
        }));
        logins.Aws.PasswordLife = TimeSpan.FromSeconds(isByHand ? 20 : 3);
        var redshift = logins.Redshift;
        var database = await redshift.AskBehindAsync("SELECT current_database()");
        await redshift.RunBehindAsync(
            $"CREATE ROLE {user} LOGIN; GRANT CREATE ON DATABASE {database} TO {user}; CREATE TABLE others (id bigint NOT NULL, name varchar(40)); "
            + $"GRANT INSERT ON events, others TO {user}");
        await using var services = logins.Services(CredentialKind.Iam, logins.Connection(isPooled: true), static options =>
            options.Login.Workgroup = "first-day");
        var warehouse = services.GetRequiredService<IWarehouse>();

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
            tables.Select((table, i) => _writer.WriteAsync(warehouse, TableName.Parse(table), i, () => Killed() < wanted, PauseAsync)));

        for (var i = 0; i < tables.Length; i++)
        {
            Assert.Equal(written[i], await redshift.AskBehindAsync($"SELECT count(*) FROM {tables[i]}"));
            Assert.Equal(written[i], await redshift.AskBehindAsync($"SELECT count(DISTINCT id) FROM {tables[i]}"));
        }

        Assert.Null(warehouse.Trouble);
        output.WriteLine(
            $"{wanted} sessions ended at COMMIT, {logins.Users.Count} logins, {written.Sum()} intents, {_writer.Retries} tries again, "
            + $"the longest call {_writer.Longest.TotalSeconds:F1} s: 0 lost, 0 doubled");
        if (isByHand) Assert.True(_writer.Longest < CallLimit, $"The longest call took {_writer.Longest}.");

        int Killed()
        {
            lock (random) return kills;
        }

        // So long that the network has forgotten every connection.
        static Task PauseAsync(long rows) =>
            rows % RowsBetweenPauses == 50 ? Task.Delay(ForgetsAfter * 1.2, TimeProvider.System) : Task.CompletedTask;
    }
}
