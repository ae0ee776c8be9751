namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>A committed transaction with all its tables, as bit sets.</summary>
internal sealed record Turn(Guid BatchId, ulong Writes, ulong Reads, DateTime Started, DateTime Ended, string Source)
{
    public ulong Tables => Writes | Reads;

    public bool IsOpenAt(DateTime moment) => Started <= moment && moment < Ended;

    /// <summary>True if the two must not be open at once.</summary>
    public bool ConflictsWith(ulong writes, ulong reads) => ((Writes & (writes | reads)) | (Reads & writes)) != 0;
}
