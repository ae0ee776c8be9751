namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>What the kernel says of a process, or of several together.</summary>
/// <param name="CpuSeconds">Processor time since its start, with that of its children that have ended.</param>
/// <param name="ResidentMb">Resident memory.</param>
/// <param name="AnonymousMb">Resident memory without files and shared memory.</param>
/// <param name="Descriptors">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Connections">TCP connections in any state, without listening sockets.</param>
internal readonly record struct ProcessFigures(
    double CpuSeconds, double ResidentMb, double AnonymousMb, int Descriptors, int Threads, int Connections)
{
    public static ProcessFigures operator +(ProcessFigures a, ProcessFigures b) => new(
        a.CpuSeconds + b.CpuSeconds,
        a.ResidentMb + b.ResidentMb,
        a.AnonymousMb + b.AnonymousMb,
        a.Descriptors + b.Descriptors,
        a.Threads + b.Threads,
        a.Connections + b.Connections);
}
