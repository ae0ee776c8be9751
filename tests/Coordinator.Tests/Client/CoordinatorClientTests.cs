using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Tests.Client;

/// <summary>What travels with an intent, and what is answered.</summary>
public sealed class CoordinatorClientTests
{
    [Fact]
    public async Task Own_ids_are_one_origin_a_table_and_count_up_without_gaps()
    {
        var rig = new ClientRig(ClientRig.Committed);
        for (var i = 0; i < 3; i++) await rig.InsertAsync();
        Assert.Equal([0L, 1L, 2L], rig.Grain.Ids.Select(i => i.Sequence));
        Assert.Single(rig.Grain.Ids.Select(i => i.Origin).Distinct());
        Assert.Equal(1, rig.Grain.References);
    }

    [Fact]
    public async Task The_callers_id_source_and_timeout_travel_with_the_intent()
    {
        var rig = new ClientRig(ClientRig.Committed);
        var id = IntentId.FromKey("k");
        await rig.InsertAsync(new WriteOptions { Id = id, Source = "me", Timeout = TimeSpan.FromMinutes(1) });
        var intent = Assert.Single(rig.Grain.Inserts);
        Assert.Equal((id, "me", TimeSpan.FromMinutes(1)), (intent.Id, intent.Source, intent.MaxWait));
    }

    [Fact]
    public async Task A_rejection_is_a_receipt_and_is_not_tried_again()
    {
        var rig = new ClientRig(id => Task.FromResult(WriteReceipt.Rejected(id, RowError.OfIntent("no"))));
        var receipt = await rig.InsertAsync();
        Assert.Equal(WriteStatus.Rejected, receipt.Status);
        Assert.Single(rig.Grain.Ids);
        Assert.Throws<IntentRejectedException>(receipt.EnsureNotRejected);
    }

    [Theory]
    [InlineData("coordinator.\"public.events\"")]
    [InlineData("\"Coordinator\".x")]
    [InlineData("coordinator_cluster.silo")]
    [InlineData("pg_catalog.pg_class")]
    public async Task A_protected_table_is_refused_without_asking_any_grain(string table)
    {
        var rig = new ClientRig(ClientRig.Committed);
        var (name, id) = (TableName.Parse(table), IntentId.FromKey("k"));
        var insert = await rig.Client.InsertAsync(name, ClientRig.OneRow(), new WriteOptions { Id = id });
        var update = await rig.Client.UpdateAsync(
            new UpdateRequest { Sql = "select 1", Writes = [ClientRig.Events, name] }, new WriteOptions { Id = id });
        var job = await rig.Client.UpdateAsync(
            new UpdateRequest { Sql = "select 1", Writes = [name], Job = "nightly" }, new WriteOptions { Id = id });
        foreach (var receipt in new[] { insert, update, job })
        {
            Assert.Equal((id, WriteStatus.Rejected), (receipt.Id, receipt.Status));
            Assert.Equal(ProtectedSchemas.Refusal(name), Assert.Single(receipt.Errors).Reason);
        }

        Assert.Equal(WriteStatus.Rejected, (await rig.Client.InsertAsync(name, ClientRig.OneRow())).Status);
        Assert.Equal(0, rig.Grain.References);
        Assert.Null(await rig.Client.FindAsync(id, name));
        Assert.Equal(1, rig.Grain.References);
    }

    [Fact]
    public async Task An_intent_is_looked_for_at_its_table_first_and_then_in_the_ledgers()
    {
        var id = IntentId.FromKey("k");
        var inLedger = new LedgerRecord(ClientRig.Events, new WriteReceipt { Id = id, Status = WriteStatus.Committed }) { First = id };
        var pending = new ClientRig(new FakeTable(ClientRig.Committed) { Known = WriteReceipt.Pending(id), InLedger = inLedger });
        Assert.Equal(WriteStatus.Pending, (await pending.Client.FindAsync(id, ClientRig.Events))!.Receipt.Status);
        Assert.Equal(WriteStatus.Committed, (await pending.Client.FindAsync(id))!.Receipt.Status);
        Assert.Null(await new ClientRig(ClientRig.Committed).Client.FindAsync(id, ClientRig.Events));
    }

    [Fact]
    public async Task Many_ranges_are_asked_for_in_several_requests_and_long_answers_come_in_parts()
    {
        var origins = Enumerable.Range(0, 1200).Select(static i => new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])).ToArray();
        var ledger = origins.SelectMany(static origin =>
            Enumerable.Range(0, 3).Select(i => new CommittedRange(origin, i * 10, i * 10 + 4, 5, Guid.Empty, default))).ToArray();
        var requests = 0;
        var failures = 2;
        var rig = new ClientRig(new FakeTable(ClientRig.Committed)
        {
            OnRanges = request =>
            {
                if (failures-- > 0) throw new WarehouseUnavailableException("away");
                requests++;
                Assert.InRange(request.Ranges.Length, 1, FindRangesRequest.MaxRanges);
                var found = ledger.Where(row => request.Ranges.Any(r => r.Origin == row.Origin && r.First <= row.Last && row.First <= r.Last))
                    .ToArray();
                return new FindRangesResponse([.. found.Take(700)], found.Length > 700);
            },
        });
        var answer = await rig.DriveAsync(
            rig.Client.FindRangesAsync(ClientRig.Events, [.. origins.Select(static origin => new IntentRange(origin, 3, 12))]));
        Assert.Equal(ledger.Where(static row => row.First <= 10), answer);
        Assert.Equal(3 + 2, requests);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_asked_within_the_timeout_is_an_error()
    {
        var rig = new ClientRig(new FakeTable(ClientRig.Committed) { OnRanges = static _ => throw new WarehouseUnavailableException("away") });
        await Assert.ThrowsAsync<WarehouseUnavailableException>(
            () => rig.DriveAsync(rig.Client.FindRangesAsync(ClientRig.Events, [new IntentRange(Guid.NewGuid(), 0, 1)], TimeSpan.FromSeconds(10))));
    }
}
