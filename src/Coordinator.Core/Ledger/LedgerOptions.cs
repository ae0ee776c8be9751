namespace Coordinator.Core.Ledger;

/// <summary>The life of the ledgers of every warehouse. Section <c>Coordinator:Warehouse:Ledger</c>.</summary>
public sealed class LedgerOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Warehouse:Ledger";

    /// <summary>How long a ledger remembers an intent. A later retry writes again. Default 30 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often a ledger is pruned, within a turn of its table; default 6 hours.</summary>
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>The decision for one silo.</summary>
    /// <param name="time">The clock.</param>
    public LedgerRetention ToRetention(TimeProvider time) => new(Retention, PruneInterval, time);
}
