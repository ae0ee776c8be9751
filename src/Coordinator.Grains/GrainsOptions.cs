using Coordinator.Core.Queueing;
using Coordinator.Core.Retry;

namespace Coordinator.Grains;

/// <summary>The limits of table and update grains. Section <c>Coordinator:Grains</c>.</summary>
public sealed class GrainsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Grains";

    /// <summary>The limits of each table's queue.</summary>
    public WriteQueueOptions Queue { get; set; } = new();

    /// <summary>How often and how fast a transaction is tried again.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>Receipts that each table remembers.</summary>
    public int RememberedReceipts { get; set; } = 8192;

    /// <summary>How long an update's hold on a table lasts unless renewed.</summary>
    public TimeSpan ReservationLease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an update waits for all its tables.</summary>
    public TimeSpan ReservationMaxWait { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an update's SQL may run if the intent does not say.</summary>
    public TimeSpan UpdateMaxDuration { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How often an update starts again after losing a table or meeting a conflict.</summary>
    public int UpdateMaxRestarts { get; set; } = 8;
}
