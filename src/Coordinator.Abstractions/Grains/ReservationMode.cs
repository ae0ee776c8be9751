namespace Coordinator.Grains;

/// <summary>How an update holds a table. Add at the end only: the numbers travel.</summary>
public enum ReservationMode
{
    /// <summary>For a table that is only read: other shared holders run beside this one, inserts wait.</summary>
    Shared = 0,

    /// <summary>For a table that is written: alone.</summary>
    Exclusive = 1,
}
