using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.Warehouses.DuckDb;

/// <summary>What DuckDB refuses, and what its failures mean.</summary>
public sealed class DuckDbFailureTests : IDisposable
{
    private static readonly TableName Events = TableName.Parse("events");
    private readonly DuckDbBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_missing_value_is_rejected_by_its_column()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint, needed bigint NOT NULL");

        var refused = await Assert.ThrowsAsync<WarehouseException>(() =>
            _bench.Warehouse.CommitAsync(DuckDbBench.Batch(schema, Row(0)), CancellationToken.None));

        Assert.Equal((FailureKind.Rejected, "needed"), (refused.Kind, refused.Column));
    }

    [Fact]
    public async Task A_duplicate_key_is_rejected_without_its_value()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint PRIMARY KEY");
        await _bench.Warehouse.CommitAsync(DuckDbBench.Batch(schema, Row(4711)), CancellationToken.None);
        var again = DuckDbBench.Batch(schema, DuckDbBench.Insert(Events, 1, ("id", 4711)));

        var refused = await Assert.ThrowsAsync<WarehouseException>(() => _bench.Warehouse.CommitAsync(again, CancellationToken.None));

        Assert.Equal(FailureKind.Rejected, refused.Kind);
        Assert.DoesNotContain("4711", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_that_the_appender_does_not_take_are_cast_and_refused_when_they_do_not_fit()
    {
        var schema = await _bench.OpenAsync(Events, "tiny tinyint");
        await _bench.Warehouse.CommitAsync(DuckDbBench.Batch(schema, DuckDbBench.Insert(Events, 0, ("tiny", 127))), CancellationToken.None);

        var refused = await Assert.ThrowsAsync<WarehouseException>(() =>
            _bench.Warehouse.CommitAsync(DuckDbBench.Batch(schema, DuckDbBench.Insert(Events, 1, ("tiny", 4711))), CancellationToken.None));

        Assert.Equal(FailureKind.Rejected, refused.Kind);
        Assert.DoesNotContain("4711", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["127"], await _bench.ReadAsync("SELECT tiny FROM events"));
    }

    [Fact]
    public async Task An_unknown_table_is_rejected_with_near_misses_also_in_main()
    {
        await _bench.RunAsync("CREATE TABLE main.events (id bigint); CREATE TABLE public.event (id bigint)");

        var unknown = await Assert.ThrowsAsync<WarehouseException>(() => _bench.Warehouse.OpenAsync(Events, CancellationToken.None));

        Assert.Equal(FailureKind.Rejected, unknown.Kind);
        Assert.Contains("main.events or public.event", unknown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELEC 1", FailureKind.Rejected)]
    [InlineData("UPDATE nowhere SET x = 1", FailureKind.Rejected)]
    [InlineData("UPDATE events SET nothing = 1", FailureKind.Rejected)]
    [InlineData("INSERT INTO events VALUES ('x')", FailureKind.Rejected)]
    [InlineData("COPY (SELECT 1) TO '/nowhere/at/all'", FailureKind.Unavailable)]
    [InlineData("DELETE FROM events; COMMIT; BEGIN", FailureKind.Rejected)]
    public async Task Failures_say_what_they_mean(string sql, FailureKind kind)
    {
        await _bench.OpenAsync(Events, "id bigint");
        var failure = await Assert.ThrowsAsync<WarehouseException>(() =>
            _bench.Warehouse.ExecuteAsync(DuckDbBench.Update(sql, 0, Events), CancellationToken.None));
        Assert.Equal(kind, failure.Kind);
        await _bench.Warehouse.CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_file_that_is_no_database_makes_the_warehouse_unavailable()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new string('x', 5000));
        using var bench = new DuckDbBench(file);

        var failure = await Assert.ThrowsAsync<WarehouseException>(() => bench.Warehouse.CheckAsync(CancellationToken.None));

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        File.Delete(file);
    }

    [Fact]
    public async Task An_update_that_is_cancelled_ends_at_once_and_leaves_nothing()
    {
        await _bench.OpenAsync(Events, "id bigint");
        var endless = DuckDbBench.Update("INSERT INTO events SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", 0, Events);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Warehouse.ExecuteAsync(endless, soon.Token));

        Assert.Empty(await _bench.ReadAsync("SELECT id FROM events"));
    }

    private static InsertIntent Row(long id) => DuckDbBench.Insert(Events, id, ("id", id));
}
