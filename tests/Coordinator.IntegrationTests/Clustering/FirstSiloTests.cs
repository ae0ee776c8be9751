using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.Clustering;

/// <summary>Locks over a memcached that has just started, and locks of a silo that the others declared dead. The TTL is longer than the test
/// waits.</summary>
public sealed class FirstSiloTests
{
    private const string Ddl = "CREATE TABLE a (n bigint); CREATE TABLE b (n bigint)";

    private static readonly (string, string) LongTtl = ("Coordinator:Locking:Ttl", "00:10:00");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TableName A = TableName.Parse("a");
    private static readonly TableName B = TableName.Parse("b");
    private static readonly RowSchema Schema = new(("n", ColumnType.Int64));

    [Theory]
    [InlineData("Postgres")]
    [InlineData("Redis")]
    public async Task The_first_silo_writes_at_once_and_a_second_start_does_not(string provider)
    {
        await using var cluster = await SiloCluster.StartAsync(provider, silos: 1, Ddl, LongTtl);
        var host = await cluster.ConnectAsync();
        await WrittenAsync(host.Services, A);

        // The killed silo lived recently, and its locks may be lost with memcached's memory, as far as the next one knows.
        await cluster.Silos[0].KillAsync();
        await cluster.ReplaceAsync(cluster.Silos[0]);
        await Eventually.TrueAsync("the lock is in quarantine", async _ =>
            await TryInsertAsync(host.Services, B) is TableLockedException locked
            && locked.Message.Contains("lost its memory", StringComparison.Ordinal));
        Assert.Equal(0, await cluster.ScalarAsync<long>("SELECT count(*) FROM b"));
    }

    [Fact]
    public async Task A_silo_that_the_others_declared_dead_gives_its_locks_back()
    {
        await using var cluster = await SiloCluster.StartAsync("Postgres", silos: 0, Ddl, LongTtl);
        await cluster.Memcached.GrowOldAsync("coordinator");
        await cluster.AddSiloAsync();
        var host = await cluster.ConnectAsync();
        await WrittenAsync(host.Services, A);
        var first = cluster.Silos[0];
        await cluster.AddSiloAsync();
        await Eventually.TrueAsync("two silos are active", async _ => await cluster.CountMembersAsync() == 2);

        await cluster.ScalarAsync<int>(
            $"WITH dead AS (UPDATE coordinator_cluster.silo SET status = {(int)SiloStatus.Dead} WHERE port = {first.SiloPort}) "
                + "UPDATE coordinator_cluster.cluster SET version = version + 1 RETURNING version");
        await first.Process.WaitForExitAsync();
        await WrittenAsync(host.Services, A);
    }

    private static Task WrittenAsync(IServiceProvider services, TableName table) =>
        Eventually.TrueAsync($"{table} is written to", async _ => await TryInsertAsync(services, table) is null);

    /// <summary>Inserts a row, and returns the failure.</summary>
    private static async Task<Exception?> TryInsertAsync(IServiceProvider services, TableName table)
    {
        var rows = new RowBlockBuilder(Schema);
        rows[0].Append(1L);
        try
        {
            var client = services.GetRequiredService<ICoordinatorClient>();
            var receipt = await client.InsertAsync(table, rows.Build(), new WriteOptions { Timeout = Patience });
            Assert.True(receipt.IsCommitted);
            return null;
        }
        catch (Exception e) when (e is CoordinatorException or TimeoutException)
        {
            return e;
        }
    }
}
