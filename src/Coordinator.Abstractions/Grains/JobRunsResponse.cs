using Coordinator.Jobs;

namespace Coordinator.Grains;

/// <summary>A job's latest runs.</summary>
/// <param name="Runs">Newest first.</param>
[GenerateSerializer, Immutable, Alias("coordinator.JobRunsResponse")]
public sealed record JobRunsResponse([property: Id(0)] JobRun[] Runs);
