using Coordinator.Core.Queueing;
using Coordinator.Core.Reservations;
using Coordinator.Core.Retry;

namespace Coordinator.Grains;

/// <summary>The limits of table and update grains. Section <c>Coordinator:Grains</c>.</summary>
public sealed class GrainsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Grains";

    /// <summary>The most that <see cref="MaxTableLabels"/> may be.</summary>
    public const int MostTableLabels = 400;

    /// <summary>The limits of each table's queue.</summary>
    public WriteQueueOptions Queue { get; set; } = new();

    /// <summary>The number and delays of a transaction's retries.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>The number of receipts that each table remembers.</summary>
    public int RememberedReceipts { get; set; } = 8192;

    /// <summary>The times of an update's reservation of its tables.</summary>
    public ReservationOptions Reservations { get; set; } = new();

    /// <summary>How long an update's SQL may run by default.</summary>
    public TimeSpan UpdateMaxDuration { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The maximum number of tables that a silo's metrics report by name; the others are summed up. At most 400.</summary>
    public int MaxTableLabels { get; set; } = 100;

    /// <summary>How often an update restarts after a lost table or a conflict.</summary>
    public int UpdateMaxRestarts { get; set; } = 8;
}
