namespace Coordinator.Laboratory.Evidence;

/// <summary>One activation of a table grain, by the log of its silo.</summary>
/// <param name="Key">The lock key, which names the table.</param>
/// <param name="Begun">The first log entry.</param>
/// <param name="Ended">When it released its lock or its process ended; the end of time if neither.</param>
/// <param name="Worked">Whether it accepted calls: it had the lock, or proceeded without.</param>
internal sealed record Activation(string Key, DateTimeOffset Begun, DateTimeOffset Ended, bool Worked)
{
    public bool Overlaps(Activation other) => Begun < other.Ended && other.Begun < Ended;
}
