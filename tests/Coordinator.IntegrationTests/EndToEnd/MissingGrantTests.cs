using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.IntegrationTests.Redshift;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.Intents;
using Coordinator.RedshiftSimulator;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>An operator's mistake on the first day: a silo on Redshift Serverless whose user may not create the ledgers.</summary>
[Collection(PostgresCollection.Name)]
public sealed class MissingGrantTests(PostgresFixture fixture)
{
    [Fact]
    public async Task A_missing_grant_is_in_the_answer_the_log_the_health_and_the_page_and_the_insert_commits_once_it_is_given()
    {
        await using var redshift = await SimulatedRedshift.StartAsync(
            fixture.Server, IsolationLevel.Snapshot, static options => options with { Deployment = RedshiftDeployment.Serverless });
        var user = $"loader{Guid.NewGuid():N}";
        var database = await redshift.AskBehindAsync("SELECT current_database()");
        await redshift.RunBehindAsync($"CREATE TABLE events (id bigint); CREATE ROLE {user} LOGIN; GRANT INSERT ON events TO {user}");
        await using var silo = await SiloProcess.StartAsync(new Dictionary<string, string?>
        {
            ["Coordinator:Warehouse:Provider"] = "Redshift",
            ["Coordinator:Warehouse:ConnectionString"] = new NpgsqlConnectionStringBuilder(redshift.ConnectionString) { Username = user }.ToString(),
        });
        using var host = await silo.ConnectAsync();
        var client = host.Services.GetRequiredService<ICoordinatorClient>();
        var (table, row) = (TableName.Parse("events"), new[] { new { id = 1L } });
        var once = new WriteOptions { Id = IntentId.FromKey("the first row"), Timeout = CallTimes.Attempt };

        const string grant = "GRANT CREATE ON DATABASE";
        // On a slow machine the first calls may end before any answer.
        await Eventually.TrueAsync("the answer names the grant", async _ =>
            await Record.ExceptionAsync(() => client.InsertAsync(table, row, once)) is CoordinatorException { Message: var message }
                && message.Contains(grant, StringComparison.Ordinal));
        Assert.Contains(grant, silo.Process.StandardOutput, StringComparison.Ordinal);
        var health = await silo.Http.GetAsync(new Uri("health/ready", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.OK, health.StatusCode);
        var text = await health.Content.ReadAsStringAsync();
        Assert.Contains("Degraded", text, StringComparison.Ordinal);
        Assert.Contains(grant, text, StringComparison.Ordinal);
        Assert.Contains(grant, await silo.Http.GetStringAsync("api/contention/public.events"), StringComparison.Ordinal);

        await redshift.RunBehindAsync($"GRANT CREATE ON DATABASE {database} TO {user}");
        await client.InsertAsync(table, row, once);
        Assert.Equal(1L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }
}
