namespace Coordinator.Grains;

/// <summary>How an update holds a table. Add at the end only: the numbers travel.</summary>
public enum ReservationMode
{
    /// <summary>For a table that is only read: other shared holders run at the same time, inserts wait.</summary>
    Shared = 0,

    /// <summary>For a table that is written: no other write runs at the same time.</summary>
    Exclusive = 1,
}
