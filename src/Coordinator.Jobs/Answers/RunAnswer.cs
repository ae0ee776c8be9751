
namespace Coordinator.Jobs.Answers;

/// <summary>One run of a job, for <c>jobs</c> and HTTP.</summary>
public sealed record RunAnswer
{
    public required string IntentId { get; init; }

    public required JobRunStatus Status { get; init; }

    public DateTimeOffset? Tick { get; init; }

    /// <summary>The latest tick that the run covers, if it is not its own.</summary>
    public DateTimeOffset? ThroughTick { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required long RowsAffected { get; init; }

    public Guid? BatchId { get; init; }

    public string? CoalescedInto { get; init; }

    /// <summary>The warehouse's reason for a rejection or failure.</summary>
    public string? Message { get; init; }

    public static RunAnswer Of(JobRun run) => new()
    {
        IntentId = run.Id.ToString(),
        Status = run.Status,
        Tick = run.Tick,
        ThroughTick = run.ThroughTick == run.Tick ? null : run.ThroughTick,
        SubmittedAt = run.SubmittedAt,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        RowsAffected = run.Rows,
        BatchId = run.BatchId == Guid.Empty ? null : run.BatchId,
        CoalescedInto = run.CoalescedInto?.ToString(),
        Message = run.Message.Length > 0 ? run.Message : null,
    };

    /// <summary>The text form.</summary>
    public string Line()
    {
        var what = Tick is { } tick ? $"tick {tick:u}" : $"asked for {SubmittedAt:u}";
        var through = ThroughTick is { } last ? $" (through {last:u})" : "";
        return $"{what}{through}  {Status.ToString().ToLowerInvariant()}{Details()}";
    }

    private string Details() => Status switch
    {
        JobRunStatus.Committed when StartedAt is { } start && EndedAt is { } end =>
            $", {RowsAffected} rows, ran {(end - start).TotalMilliseconds:0} ms",
        JobRunStatus.Committed => $", {RowsAffected} rows",
        JobRunStatus.Coalesced => $" into {CoalescedInto}",
        JobRunStatus.Rejected or JobRunStatus.Failed => $": {Message}",
        _ => "",
    };
}
