using Coordinator.Client;
using Coordinator.Clustering.Postgres;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordinator.IntegrationTests.Clustering;

/// <summary>Silos that share only a membership store form one cluster, and a client finds them through it.</summary>
public sealed class MembershipTests
{
    private const string Ddl = "CREATE TABLE events (id bigint)";

    [Theory]
    [InlineData("Postgres", "Local")]
    [InlineData("Redis", "Distributed")]
    public async Task Three_silos_that_start_at_once_are_one_cluster_and_a_fourth_joins(string provider, string directory)
    {
        await using var cluster = await SiloCluster.StartAsync(provider, silos: 3, Ddl, ("Coordinator:Clustering:Directory", directory));
        var host = await cluster.ConnectAsync();
        await Eventually.TrueAsync("three silos are active", async _ => await SiloCluster.CountActiveAsync(host) == 3);

        await cluster.AddSiloAsync();

        await Eventually.TrueAsync("four silos are active", async _ => await SiloCluster.CountActiveAsync(host) == 4);
        var builder = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        builder[0].Append(1L);
        var receipt = await host.Services.GetRequiredService<ICoordinatorClient>().InsertAsync(TableName.Parse("events"), builder.Build());
        Assert.Equal(WriteStatus.Committed, receipt.Status);
        // No table of the coordinator is in the user's own schema.
        Assert.Equal(1L, await cluster.ScalarAsync<long>(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'"));
    }

    [Fact]
    public async Task The_schema_is_created_once_by_concurrent_silos_and_never_by_a_user_who_may_only_use_it()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Schema(postgres.ConnectionString).EnsureAsync(CancellationToken.None)));

        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString + ";Pooling=false");
        await using (var command = database.CreateCommand("""
            CREATE ROLE guest LOGIN; GRANT USAGE ON SCHEMA coordinator_cluster TO guest; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA coordinator_cluster TO guest
            """)) await command.ExecuteNonQueryAsync();
        var guest = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Username = "guest" };

        await Schema(guest.ConnectionString).EnsureAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_membership_that_does_not_answer_is_told_and_writes_go_on()
    {
        await using var cluster = await SiloCluster.StartAsync("Redis", silos: 1, Ddl);
        var host = await cluster.ConnectAsync();
        var silo = cluster.Silos[0];
        await cluster.Redis!.Process.SignalAsync("STOP");
        await LogsAsync("The membership in Redis does not answer");
        Assert.Contains("\"service\":\"the membership in Redis\"", await silo.Http.GetStringAsync("api/contention"), StringComparison.Ordinal);
        Assert.Matches("""coordinator_outages\{[^}]*scope="service"[^}]*\} 1""", await silo.Http.GetStringAsync("metrics"));
        // The tables are written.
        Assert.StartsWith("{\"status\":\"Degraded\"", await silo.Http.GetStringAsync("health/ready"), StringComparison.Ordinal);
        var builder = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        builder[0].Append(1L);
        var receipt = await host.Services.GetRequiredService<ICoordinatorClient>().InsertAsync(TableName.Parse("events"), builder.Build());
        Assert.Equal(WriteStatus.Committed, receipt.Status);

        await cluster.Redis.Process.SignalAsync("CONT");
        await LogsAsync("The membership in Redis answers again");

        Task LogsAsync(string text) =>
            Eventually.TrueAsync($"the log says '{text}'", () => silo.Process.Output.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silo_does_not_start_on_a_membership_that_it_cannot_write_to()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var schema = Schema(postgres.ConnectionString);
        await schema.EnsureAsync(CancellationToken.None);
        var readOnly = postgres.ConnectionString + ";Options=-c default_transaction_read_only=on";
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Schema(readOnly).EnsureAsync(CancellationToken.None));
        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, refused.SqlState);
    }

    private static MembershipSchema Schema(string connectionString) =>
        new(connectionString, TimeProvider.System, NullLogger<MembershipSchema>.Instance);
}
