namespace Coordinator.Demo;

/// <summary>The size of the demo.</summary>
internal sealed record DemoSettings
{
    /// <summary>How long each half runs.</summary>
    public TimeSpan Half { get; init; } = TimeSpan.FromSeconds(8);

    public int Inserters { get; init; } = 8;

    /// <summary>The number of hosts on which the job is scheduled. They fire at the same time.</summary>
    public int Updaters { get; init; } = 1;

    public int Readers { get; init; } = 1;

    /// <summary>Rows of one small transaction, or of one intent.</summary>
    public int RowsPerInsert { get; init; } = 5;

    public TimeSpan JobPeriod { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan ReadPeriod { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The seed of the rows.</summary>
    public int Seed { get; init; } = 1;

    public bool Keep { get; init; }
}
