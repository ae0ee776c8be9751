using Coordinator.Client.Submitting;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Tests.Client;

public sealed class TableRoutesTests
{
    private static readonly TableName Table = TableName.Parse("events");

    private static Func<IntentId, Task<WriteReceipt>> Rejected { get; } = static id =>
        Task.FromResult(WriteReceipt.Rejected(id, RowError.OfIntent("There is no such table.")));

    [Fact]
    public async Task A_name_without_a_committed_intent_is_forgotten_when_one_is_rejected()
    {
        var grain = new FakeTable(Rejected);
        var routes = Routes(grain);
        for (var i = 1; i <= 3; i++)
        {
            await routes.Of(Table).Lane.SendAsync(Some.Insert(i), CallTimes.Response);
            Assert.Equal(i, grain.References);
        }
    }

    [Fact]
    public async Task Intents_that_travel_together_are_rejected_together_and_leave_nothing_either()
    {
        var first = new TaskCompletionSource();
        var grain = new FakeTable(async id =>
        {
            if (id.Sequence == 0) await first.Task;
            return await Rejected(id);
        });
        var routes = Routes(grain);
        var lane = routes.Of(Table).Lane;
        var answers = Enumerable.Range(0, 100).Select(i => lane.SendAsync(Some.Insert(i), CallTimes.Response)).ToArray();
        await Task.WhenAll(answers[1..]);
        Assert.NotSame(lane, routes.Of(Table).Lane);
        first.SetResult();
        await answers[0];
    }

    [Fact]
    public async Task A_table_that_took_an_intent_keeps_its_route_when_others_are_rejected()
    {
        var grain = new FakeTable(ClientRig.Committed, Rejected);
        var routes = Routes(grain);
        for (var i = 0; i < 3; i++) await routes.Of(Table).Lane.SendAsync(Some.Insert(i), CallTimes.Response);
        Assert.Equal(1, grain.References);
    }

    [Fact]
    public async Task An_outage_forgets_nothing()
    {
        var grain = new FakeTable(ClientRig.Fails(new WarehouseUnavailableException("away")));
        var routes = Routes(grain);
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<WarehouseUnavailableException>(() => routes.Of(Table).Lane.SendAsync(Some.Insert(i), CallTimes.Response));
        Assert.Equal(1, grain.References);
    }

    [Fact]
    public void A_question_leaves_no_route()
    {
        var grain = new FakeTable(ClientRig.Committed);
        var routes = Routes(grain);
        routes.GrainOf(Table);
        routes.GrainOf(Table);
        Assert.Equal(2, grain.References);
        routes.Of(Table);
        routes.GrainOf(Table);
        Assert.Equal(3, grain.References);
    }

    [Fact]
    public void Beyond_their_number_all_routes_are_made_anew()
    {
        var routes = Routes(new FakeTable(ClientRig.Committed));
        var first = routes.Of(Table);
        for (var i = 1; i < TableRoutes.Most; i++) routes.Of(TableName.Parse($"t{i}"));
        Assert.Same(first, routes.Of(Table));
        routes.Of(TableName.Parse("one_more"));
        Assert.NotSame(first, routes.Of(Table));
    }

    private static TableRoutes Routes(FakeTable grain) => new(FakeGrains.Of(grain), new AttemptTimeout(TimeProvider.System));
}
