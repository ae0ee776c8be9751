namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>A write's wait for its tables.</summary>
internal sealed record Wait(string Source, ulong Writes, ulong Reads, DateTime From, DateTime To)
{
    public ulong Tables => Writes | Reads;

    public TimeSpan Length => To - From;

    public bool IsOpenAt(DateTime moment) => From <= moment && moment < To;
}
