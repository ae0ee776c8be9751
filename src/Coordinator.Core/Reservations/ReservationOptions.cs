using Coordinator.Grains;

namespace Coordinator.Core.Reservations;

/// <summary>The times of an update's reservation of its tables.</summary>
public sealed record ReservationOptions
{
    /// <summary>How long a reservation lasts without a renewal, which is how long a silent holder can block a table. It is longer than the wait for a
    /// successor of the table's activation: a dead silo is detected after 8 s, and its locks expire with their TTL.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How much earlier than the table the holder considers its reservation expired, because clocks run at different rates.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum age of the tables' last answer before COMMIT: shorter than any pause after which the silo could have been declared
    /// dead and its tables granted to others.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long an update waits for all its tables.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long to wait for an answer before asking again.</summary>
    public TimeSpan AskTimeout { get; init; } = CallTimes.Ask;

    /// <summary>The delay before a failed request is repeated.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The time between two renewals: nine fit in a lease, so that a few may fail.</summary>
    public TimeSpan RenewalPeriod => Lease / 9;
}
