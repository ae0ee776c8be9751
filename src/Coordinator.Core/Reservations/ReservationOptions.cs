namespace Coordinator.Core.Reservations;

/// <summary>The times of an update's hold on its tables.</summary>
public sealed record ReservationOptions
{
    /// <summary>
    /// How long a hold lasts unless renewed, and so how long one who went silent can block a table. It outlasts the wait for a successor of the table's activation:
    /// a silo's death is missed after 8 s, its locks end with their TTL.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How much earlier the holder counts its hold as over than the table does: for clocks that run at different speeds.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How old the tables' last word before COMMIT may be: younger than any pause after which the silo could have been given up and its tables to others.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long an update waits for all its tables.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a question is waited for before it is asked again.</summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before a question that failed is asked again.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The time between two renewals: nine are due in a lease, so that a few may fail.</summary>
    public TimeSpan RenewalPeriod => Lease / 9;
}
