namespace Coordinator.Laboratory.Evidence;

/// <summary>One activation of a table's grain, as the log of its silo tells.</summary>
/// <param name="Key">The key of its lock, which names the table.</param>
/// <param name="Begun">Its first sign.</param>
/// <param name="Ended">When it gave its lock up or its process ended; the end of time if neither.</param>
/// <param name="Worked">Whether it came to work: had the lock, or went on without.</param>
internal sealed record Activation(string Key, DateTimeOffset Begun, DateTimeOffset Ended, bool Worked)
{
    public bool Overlaps(Activation other) => Begun < other.Ended && other.Begun < Ended;
}
