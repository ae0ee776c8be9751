using System.Globalization;
using System.Text.Json;
using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>The locks of a working silo, seen from memcached.</summary>
public sealed class GhettoLockTests
{
    private const string Ddl = "CREATE TABLE events (id bigint); CREATE TABLE orders (id bigint)";

    private static readonly string[] Tables = ["public.events", "public.orders"];
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64));

    [Fact]
    public async Task The_lock_of_each_active_table_holds_its_activations_token_and_is_renewed()
    {
        await using var deployment = await Deployment.StartAsync(Ddl, siloSettings: ("Coordinator:Locking:Ttl", "00:00:10"));
        await WriteAsync(deployment);

        foreach (var table in Tables)
        {
            var taken = await ReadAsync(deployment, table);
            Assert.Equal(await OwnerAsync(deployment, table), taken.Token);

            await Eventually.TrueAsync($"the lock of {table} ages", async _ => (await ReadAsync(deployment, table)).RemainingSeconds <= 8);
            await Eventually.TrueAsync($"the lock of {table} is renewed", async _ => (await ReadAsync(deployment, table)).RemainingSeconds > 8);
            Assert.Equal(taken.Token, (await ReadAsync(deployment, table)).Token);
        }
    }

    [Fact]
    public async Task A_graceful_stop_releases_the_locks()
    {
        // So long that no lock expires during the test: a missing key was released.
        await using var deployment = await Deployment.StartAsync(Ddl, siloSettings: ("Coordinator:Locking:Ttl", "01:00:00"));
        await WriteAsync(deployment);
        foreach (var table in Tables) Assert.NotEmpty((await ReadAsync(deployment, table)).Token);

        await deployment.Silo.StopAsync();

        foreach (var table in Tables) Assert.Equal("EN", (await deployment.Memcached.CommandAsync($"mg {KeyOf(table)} v t")).Trim());
    }

    [Fact]
    public async Task What_was_under_way_when_the_lock_was_lost_is_not_committed_by_the_loser_and_once_by_its_successor()
    {
        await using var deployment = await Deployment.StartAsync(
            """
            CREATE TABLE events (id bigint); CREATE TABLE orders (id bigint);
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(6); RETURN NULL; END';
            CREATE TRIGGER slow AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION slow()
            """,
            siloSettings: ("Coordinator:Locking:Ttl", "00:00:10"));
        var client = await deployment.ConnectAsync();
        var builder = new RowBlockBuilder(Schema);
        builder[0].Append(1L);
        var write = client.InsertAsync("events", builder.Build());
        await Eventually.TrueAsync("rows are being written", async _ => await deployment.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 1);
        var loser = (await ReadAsync(deployment, "public.events")).Token;

        // Longer than the time to the next renewal, which finds the rival; shorter than every timeout of a caller.
        await deployment.Memcached.CommandAsync($"set {KeyOf("public.events")} 0 5 5\r\nrival");

        Assert.Equal(WriteStatus.Committed, (await write).Status);
        Assert.Equal(1L, await deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
        Assert.NotEqual(loser, await deployment.ScalarAsync<string>("SELECT activation FROM coordinator.\"public.events\""));
    }

    [Fact]
    public async Task A_caller_behind_a_foreign_lock_hears_who_holds_it()
    {
        await using var deployment = await Deployment.StartAsync(Ddl);
        var client = await deployment.ConnectAsync();
        await deployment.Memcached.CommandAsync($"set {KeyOf("public.events")} 0 300 5\r\nrival");
        var builder = new RowBlockBuilder(Schema);
        builder[0].Append(1L);

        // Longer than one attempt: the caller's last answer counts.
        var options = new WriteOptions { Timeout = CallTimes.Attempt + CallTimes.LongPoll };
        var failure = await Assert.ThrowsAsync<TableLockedException>(() => client.InsertAsync("events", builder.Build(), options));

        Assert.Contains("held by rival", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
    }

    private static async Task WriteAsync(Deployment deployment)
    {
        var client = await deployment.ConnectAsync();
        foreach (var table in Tables)
        {
            var builder = new RowBlockBuilder(Schema);
            builder[0].Append(1L);
            (await client.InsertAsync(TableName.Parse(table), builder.Build())).EnsureNotRejected();
        }
    }

    private static string KeyOf(string table) => $"coordinator/coordinator/table/{table}";

    // "VA 36 t9\r\nTOKEN\r\n"
    private static async Task<(string Token, int RemainingSeconds)> ReadAsync(Deployment deployment, string table)
    {
        var reply = await deployment.Memcached.CommandAsync($"mg {KeyOf(table)} v t");
        var lines = reply.Split("\r\n");
        Assert.StartsWith("VA ", lines[0], StringComparison.Ordinal);
        return (lines[1], int.Parse(lines[0].Split(" t")[1], CultureInfo.InvariantCulture));
    }

    private static async Task<string?> OwnerAsync(Deployment deployment, string table)
    {
        using var contention = JsonDocument.Parse(await deployment.Silo.Http.GetStringAsync("api/contention"));
        return contention.RootElement.GetProperty("tables").EnumerateArray()
            .Single(one => one.GetProperty("table").GetString() == table)
            .GetProperty("lock").GetProperty("owner").GetString();
    }
}
