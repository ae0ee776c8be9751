using Coordinator.Core.Queueing;
using Coordinator.Core.Reservations;
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

    /// <summary>The times of an update's hold on its tables.</summary>
    public ReservationOptions Reservations { get; set; } = new();

    /// <summary>How long an update's SQL may run if the intent does not say.</summary>
    public TimeSpan UpdateMaxDuration { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How many tables a silo's metrics tell by name at once; the others are told together. At most 400.</summary>
    public int MaxTableLabels { get; set; } = 100;

    /// <summary>How often an update starts again after losing a table or meeting a conflict.</summary>
    public int UpdateMaxRestarts { get; set; } = 8;
}
