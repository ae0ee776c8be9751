using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Tables;
using Coordinator.TestServers;

namespace Coordinator.Tests.Client;

/// <summary>The client tells silos which warehouse it writes to.</summary>
public sealed class MeantWarehouseTests
{
    private static readonly Guid Ours = Guid.NewGuid();

    [Fact]
    public async Task The_first_write_asks_and_those_that_follow_carry_the_answer()
    {
        var rig = new ClientRig(new FakeTable(ClientRig.Committed) { OnIdentify = static () => Task.FromResult(Ours) });
        await rig.InsertAsync();
        await Eventually.TrueAsync("the client knows", async ct =>
        {
            await rig.InsertAsync(ct: ct);
            return rig.Grain.Inserts[^1].Warehouse == Ours;
        });
    }

    [Fact]
    public async Task It_asks_again_until_a_silo_answers_and_writes_meanwhile()
    {
        var asked = 0;
        var rig = new ClientRig(new FakeTable(ClientRig.Committed)
        {
            OnIdentify = () => Interlocked.Increment(ref asked) < 3 ? throw new WarehouseUnavailableException("down") : Task.FromResult(Ours),
        });
        await rig.InsertAsync();
        Assert.Equal(Guid.Empty, rig.Grain.Inserts[0].Warehouse);
        await Eventually.TrueAsync("the client knows", async ct =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await rig.InsertAsync(ct: ct);
            return rig.Grain.Inserts[^1].Warehouse == Ours;
        });
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_silo_of_another_warehouse_is_not_asked_twice()
    {
        var rig = new ClientRig(ClientRig.Fails(new OtherWarehouseException("not ours")));
        await Assert.ThrowsAsync<OtherWarehouseException>(() => rig.InsertAsync());
        Assert.Single(rig.Grain.Ids);
    }

    [Fact]
    public async Task Questions_and_updates_carry_it_too()
    {
        Guid? asked = null;
        var rig = new ClientRig(new FakeTable(ClientRig.Committed)
        {
            OnIdentify = static () => Task.FromResult(Ours),
            OnRanges = request =>
            {
                asked = request.Warehouse;
                return new([], false);
            },
        });
        await Eventually.TrueAsync("the client knows", async ct =>
        {
            await rig.Client.FindRangesAsync(ClientRig.Events, [new(Guid.NewGuid(), 0, 1)], cancellationToken: ct);
            return asked == Ours;
        });
        await rig.DriveAsync(rig.Client.UpdateAsync(new UpdateRequest { Sql = "select 1", Writes = [TableName.Parse("t")] }));
        Assert.Equal(Ours, Assert.Single(rig.Grain.Updates).Warehouse);
    }
}
