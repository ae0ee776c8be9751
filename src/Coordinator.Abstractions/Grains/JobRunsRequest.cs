namespace Coordinator.Grains;

/// <summary>Requests a job's latest runs.</summary>
/// <param name="Limit">The maximum number of runs, from 1 to <see cref="MaxLimit"/>.</param>
[GenerateSerializer, Immutable, Alias("coordinator.JobRunsRequest")]
public sealed record JobRunsRequest([property: Id(0)] int Limit)
{
    /// <summary>The maximum number of runs in a response.</summary>
    public const int MaxLimit = 1000;
}
