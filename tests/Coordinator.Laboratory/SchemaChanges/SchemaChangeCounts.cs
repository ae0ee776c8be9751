namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>The outcomes of all rows of all cases.</summary>
internal sealed class SchemaChangeCounts
{
    private readonly Lock _lock = new();

    public int Cases { get; private set; }

    public int Impossible { get; private set; }

    public int Committed { get; private set; }

    public int Refused { get; private set; }

    public double SlowestSeconds { get; private set; }

    public void Note(SentRow row)
    {
        lock (_lock)
        {
            if (row.Receipt is { IsCommitted: true }) Committed++;
            else Refused++;
            SlowestSeconds = Math.Max(SlowestSeconds, row.Seconds);
        }
    }

    public void Note(bool isPossible)
    {
        lock (_lock)
        {
            if (isPossible) Cases++;
            else Impossible++;
        }
    }
}
