using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>The ledgers as an auditor reads them.</summary>
public abstract partial class WarehouseContract
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AuditSpan Everything = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200), 100);

    private LedgerAudit Audit => new(Ledgers);

    [Fact]
    public async Task An_audit_shows_who_wrote_when()
    {
        var schema = await OpenEventsAsync();
        var (writer, other) = (Guid.NewGuid(), Guid.NewGuid());
        var two = Batch(schema,
            [.. Intents(Events, writer, 3), .. Intents(Events, writer, 2, first: 10), Intent(Events, new(other, 7), EventRows(4, 100))]);
        var first = await Warehouse.CommitAsync(two, Token);
        var alone = Batch(schema, Intents(Events, other, 1)) with { Activation = new("activation2") };
        var second = await Warehouse.CommitAsync(alone, Token);

        var answer = await Audit.WritesAsync(Events, Everything, Token);
        Assert.Equal((1, false), (answer.Ledgers, answer.IsCut));
        Assert.Equal([(alone.BatchId, "activation2"), (two.BatchId, "activation1")], answer.Found.Select(static w => (w.BatchId, w.Activation)));
        Assert.Equal([(1, 1, 1), (2, 6, 9)], answer.Found.Select(static w => ((int)w.Origins, (int)w.Intents, (int)w.Rows)));
        Assert.Equal([second.CommittedAt, first.CommittedAt], answer.Found.Select(static w => w.EndedAt));
        Assert.All(answer.Found, static w => Assert.True(w.Table == Events && w.StartedAt <= w.EndedAt));

        Assert.Equal([alone.BatchId], await BatchesAsync(Events, Everything with { From = second.CommittedAt }));
        Assert.Equal([two.BatchId], await BatchesAsync(Events, Everything with { To = answer.Found[0].StartedAt }));
        var cut = await Audit.WritesAsync(Events, Everything with { Limit = 1 }, Token);
        Assert.Equal((true, alone.BatchId), (cut.IsCut, Assert.Single(cut.Found).BatchId));
    }

    [Fact]
    public async Task An_audit_of_all_tables_shows_an_update_in_each_that_it_wrote()
    {
        Assert.Empty((await Audit.WritesAsync(null, Everything, Token)).Found);
        await OpenEventsAsync();
        await OpenEventsAsync("others");
        var others = TableName.Parse("others");
        var run = Run("INSERT INTO events VALUES (1, 'a'); INSERT INTO others VALUES (2, 'b')", NewId(), Events, others);
        await Warehouse.ExecuteAsync(run, Token);

        var answer = await Audit.WritesAsync(null, Everything, Token);
        Assert.Equal(2, answer.Ledgers);
        Assert.Equal([Events, others], answer.Found.Select(static w => w.Table).Order());
        Assert.All(answer.Found, w => Assert.Equal((run.BatchId, 2L), (w.BatchId, w.Rows)));
        Assert.Empty((await Audit.OverlapsAsync(null, Everything, Token)).Found);

        var failure = await FailsAsync(FailureKind.Rejected, () => Audit.WritesAsync(TableName.Parse("evens"), Everything, Token));
        Assert.Contains("Did you mean public.events?", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_finds_transactions_of_different_activations_that_were_open_at_the_same_time()
    {
        await OpenEventsAsync();
        // A long transaction with two shorter ones inside it; one of the same activation; neighbours that only touch; and another overlapping
        // pair.
        await LedgerRowAsync(1, "a", 0, 100);
        await LedgerRowAsync(2, "b", 10, 20);
        await LedgerRowAsync(3, "c", 30, 40);
        await LedgerRowAsync(4, "a", 50, 60);
        await LedgerRowAsync(5, "b", 100, 110);
        await LedgerRowAsync(6, "a", 110, 120);
        await LedgerRowAsync(7, "a", 200, 230);
        await LedgerRowAsync(8, "b", 200, 210);
        // A second row of one transaction does not overlap with its first row.
        await LedgerRowAsync(3, "c", 30, 45, sequence: 99);

        var answer = await Audit.OverlapsAsync(Events, Everything, Token);
        Assert.Equal([(7, 8, 10.0), (1, 3, 15.0), (1, 2, 10.0)],
            answer.Found.Select(static o => (Number(o.First), Number(o.Second), o.Duration.TotalSeconds)));
        var longest = answer.Found[1];
        Assert.Equal(("a", Noon, Noon.AddSeconds(100)), (longest.First.Activation, longest.First.StartedAt, longest.First.EndedAt));
        Assert.Equal(("c", Noon.AddSeconds(30), Noon.AddSeconds(45), 2L, 10L),
            (longest.Second.Activation, longest.Second.StartedAt, longest.Second.EndedAt, longest.Second.Intents, longest.Second.Rows));

        Assert.Equal([(7, 8)], (await Audit.OverlapsAsync(Events, Everything with { From = Noon.AddSeconds(150) }, Token)).Found.Select(static o =>
            (Number(o.First), Number(o.Second))));
        var cut = await Audit.OverlapsAsync(Events, Everything with { Limit = 2 }, Token);
        Assert.Equal((2, true), (cut.Found.Count, cut.IsCut));
    }

    /// <summary>Writes what the product cannot produce: two concurrent transactions.</summary>
    private Task LedgerRowAsync(int batch, string activation, int started, int ended, int sequence = 0) => RunAsync(
        $"""
        INSERT INTO {LedgerOf(Events)} (origin, first_sequence, last_sequence, "rows", batch_id, activation, started_at, ended_at)
        VALUES ('{BatchOf(batch)}', {sequence}, {sequence}, 5, '{BatchOf(batch)}', '{activation}', TIMESTAMPTZ '{Noon.AddSeconds(started):u}', TIMESTAMPTZ '{Noon.AddSeconds(ended):u}')
        """);

    private static Guid BatchOf(int number) => Guid.Parse($"00000000-0000-0000-0000-{number:D12}");

    private static int Number(LedgerWrite write) => int.Parse(write.BatchId.ToString("D")[^12..], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<IEnumerable<Guid>> BatchesAsync(TableName table, AuditSpan span) =>
        (await Audit.WritesAsync(table, span, Token)).Found.Select(static w => w.BatchId);
}
