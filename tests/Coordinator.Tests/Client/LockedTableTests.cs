using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Tests.Client;

/// <summary>What a caller hears whose table's lock another process holds.</summary>
public sealed class LockedTableTests
{
    private static readonly TableLockedException Locked = new("The lock is held by rival.", TimeSpan.FromMilliseconds(200));

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(60)]
    public async Task The_caller_hears_who_holds_the_lock_when_its_time_is_up(int seconds)
    {
        ClientRig rig = null!;
        rig = new ClientRig(id => LockedAfterAsync(rig));
        var failure = await Assert.ThrowsAsync<TableLockedException>(() =>
            rig.InsertAsync(new WriteOptions { Timeout = TimeSpan.FromSeconds(seconds) }));
        Assert.Contains("held by rival", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_attempt_that_may_have_gone_through_leaves_the_outcome_unknown_and_the_message_says_who_holds_the_lock()
    {
        ClientRig rig = null!;
        rig = new ClientRig(ClientRig.Pending, id => LockedAfterAsync(rig));
        var failure = await Assert.ThrowsAsync<OutcomeUnknownException>(() =>
            rig.InsertAsync(new WriteOptions { Timeout = TimeSpan.FromSeconds(10) }));
        Assert.Contains("held by rival", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_comes_free_late_is_still_met()
    {
        ClientRig rig = null!;
        Func<IntentId, Task<WriteReceipt>> locked = id => LockedAfterAsync(rig);
        rig = new ClientRig(locked, locked, locked, ClientRig.Committed);
        Assert.True((await rig.InsertAsync(new WriteOptions { Timeout = TimeSpan.FromMinutes(2) })).IsCommitted);
    }

    /// <summary>As a silo does: it keeps the call for as long as it may, then says that the table is locked.</summary>
    private static async Task<WriteReceipt> LockedAfterAsync(ClientRig rig)
    {
        // Without a context, so that this goes on within the clock's advance, before the clock advances again.
        await Task.Delay(CallerTime.MaxWait, rig.Time).ConfigureAwait(false);
        rig.AwaitReaction();
        throw Locked;
    }
}
