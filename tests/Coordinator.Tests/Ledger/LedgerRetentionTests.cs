using Coordinator.Core.Ledger;
using Coordinator.Tables;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Ledger;

/// <summary>When a ledger forgets.</summary>
public sealed class LedgerRetentionTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_table_is_pruned_once_each_interval_but_not_in_its_first_turn()
    {
        var retention = new LedgerOptions().ToRetention(_clock);
        Assert.Null(retention.PruneBefore(Some.Table));
        _clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromTicks(1));
        Assert.Null(retention.PruneBefore(Some.Table));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromDays(30), retention.PruneBefore(Some.Table));
        Assert.Null(retention.PruneBefore(Some.Table));
        Assert.Null(retention.PruneBefore(TableName.Parse("others")));
    }
}
