using Coordinator.Intents;

namespace Coordinator.Jobs;

/// <summary>One run of a registered job.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.JobRun")]
public sealed record JobRun
{
    /// <summary>The run's id.</summary>
    [Id(0)]
    public required IntentId Id { get; init; }

    /// <summary>What became of it.</summary>
    [Id(1)]
    public required JobRunStatus Status { get; init; }

    /// <summary>The scheduled instant; null for a run that somebody asked for.</summary>
    [Id(2)]
    public DateTimeOffset? Tick { get; init; }

    /// <summary>The latest tick whose work it did; later than its own if others were coalesced into it. Known of runs read from the ledger.</summary>
    [Id(3)]
    public DateTimeOffset? ThroughTick { get; init; }

    /// <summary>When it reached the job's grain; null for a run known from the ledger alone.</summary>
    [Id(4)]
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When its SQL began; null unless committed.</summary>
    [Id(5)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was committed, rejected, or failed last; null while it is pending.</summary>
    [Id(6)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Rows that its SQL affected. 0 unless committed.</summary>
    [Id(7)]
    public long Rows { get; init; }

    /// <summary>The transaction. Empty unless committed.</summary>
    [Id(8)]
    public Guid BatchId { get; init; }

    /// <summary>The run that did this one's work, if it was coalesced.</summary>
    [Id(9)]
    public IntentId? CoalescedInto { get; init; }

    /// <summary>Why it was rejected or failed, in the warehouse's words; else empty.</summary>
    [Id(10)]
    public string Message { get; init; } = "";
}
