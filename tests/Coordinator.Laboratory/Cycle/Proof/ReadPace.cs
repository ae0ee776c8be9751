namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>
/// Counts reads within a span, as a clock that runs as fast as the machine. Readers wait for no lock and no turn. If they read many times while
/// a write waits for nothing, the write was forgotten. On a starved machine neither makes progress.
/// </summary>
/// <param name="ends">When reads ended.</param>
/// <param name="readers">How many readers there were.</param>
internal sealed class ReadPace(IEnumerable<DateTime> ends, int readers)
{
    private readonly DateTime[] _ends = [.. ends.Order()];

    /// <summary>How often each reader read; 0 without readers.</summary>
    public int Within(DateTime from, DateTime to) => readers == 0 ? 0 : (Before(to) - Before(from)) / readers;

    private int Before(DateTime moment)
    {
        var found = Array.BinarySearch(_ends, moment);
        return found < 0 ? ~found : found;
    }
}
