using Coordinator.Intents;

namespace Coordinator.Jobs;

/// <summary>One run of a registered job.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.JobRun")]
public sealed record JobRun
{
    /// <summary>The run's id.</summary>
    [Id(0)]
    public required IntentId Id { get; init; }

    /// <summary>Its status.</summary>
    [Id(1)]
    public required JobRunStatus Status { get; init; }

    /// <summary>The scheduled instant; null for a run on demand.</summary>
    [Id(2)]
    public DateTimeOffset? Tick { get; init; }

    /// <summary>The latest tick that the run covers; later than its own if others were coalesced into it. Known for runs from the
    /// ledger.</summary>
    [Id(3)]
    public DateTimeOffset? ThroughTick { get; init; }

    /// <summary>When it reached the job's grain; null for a run that is known only from the ledger.</summary>
    [Id(4)]
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When its SQL started; null unless committed.</summary>
    [Id(5)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was committed, rejected, or last failed; null while it is pending.</summary>
    [Id(6)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Rows that its SQL affected. 0 unless committed.</summary>
    [Id(7)]
    public long Rows { get; init; }

    /// <summary>The transaction. Empty unless committed.</summary>
    [Id(8)]
    public Guid BatchId { get; init; }

    /// <summary>The run that covers this one, if it was coalesced.</summary>
    [Id(9)]
    public IntentId? CoalescedInto { get; init; }

    /// <summary>The warehouse's reason for a rejection or failure; else empty.</summary>
    [Id(10)]
    public string Message { get; init; } = "";
}
