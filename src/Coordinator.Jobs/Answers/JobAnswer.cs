using Coordinator.Jobs.Catalog;

namespace Coordinator.Jobs.Answers;

/// <summary>A registered job and its last run, for <c>jobs</c> and HTTP.</summary>
public sealed record JobAnswer
{
    public required string Job { get; init; }

    public string? Schedule { get; init; }

    public string? TimeZone { get; init; }

    public TimeSpan? Jitter { get; init; }

    public Misfire? Misfire { get; init; }

    public required IReadOnlyList<string> Writes { get; init; }

    public required IReadOnlyList<string> Reads { get; init; }

    public DateTimeOffset? NextTick { get; init; }

    public RunAnswer? LastRun { get; init; }

    public static JobAnswer Of(Job job, DateTimeOffset now, RunAnswer? lastRun) => new()
    {
        Job = job.Name,
        Schedule = job.Schedule?.Text,
        TimeZone = job.Schedule?.Zone.Id,
        Jitter = job.Schedule?.Jitter,
        Misfire = job.Schedule is null ? null : job.Misfire,
        Writes = [.. job.Update.Writes.Select(static t => t.ToString())],
        Reads = [.. job.Update.Reads.Select(static t => t.ToString())],
        NextTick = job.Schedule?.Next(now),
        LastRun = lastRun,
    };

    /// <summary>The text form.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Schedule is null
            ? $"{Job}: runs when asked for"
            : $"{Job}: '{Schedule}' in {TimeZone}, next tick {(NextTick is { } next ? $"{next:u}" : "never")}";
        yield return LastRun is null ? "  no run is known" : $"  last: {LastRun.Line()}";
    }
}
