namespace Coordinator.Grains;

/// <summary>Asks for a job's latest runs.</summary>
/// <param name="Limit">The most to answer, from 1 to <see cref="MaxLimit"/>.</param>
[GenerateSerializer, Immutable, Alias("coordinator.JobRunsRequest")]
public sealed record JobRunsRequest([property: Id(0)] int Limit)
{
    /// <summary>The most runs of one answer.</summary>
    public const int MaxLimit = 1000;
}
