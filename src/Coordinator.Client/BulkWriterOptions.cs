using Coordinator.Rows;

namespace Coordinator.Client;

/// <summary>The settings of a <see cref="BulkWriter{T}"/>.</summary>
public sealed record BulkWriterOptions
{
    /// <summary>The maximum of <see cref="MaxBytes"/>: a quarter of a block's limit, so that the last row always fits.</summary>
    public const int MaxMaxBytes = RowBlock.MaxBytes / 4;

    /// <summary>The maximum number of failed intents that a writer remembers before <c>AddAsync</c> refuses more rows.</summary>
    public const int MaxFailures = 100;

    /// <summary>The number of rows at which an intent is sent. Default 1,000.</summary>
    public int MaxRows { get; init; } = 1000;

    /// <summary>The number of bytes at which an intent is sent. Default 1 MiB.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>How long the first row of an intent waits for more rows. Default 50 ms.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The maximum number of intents under way; at this number <c>AddAsync</c> waits when the next one is full. Default 4.</summary>
    public int MaxInFlight { get; init; } = 4;

    /// <summary>The writer's name on the contention page. Null for the client's own name.</summary>
    public string? Source { get; init; }

    /// <summary>How long each intent is retried. Null for the client's own timeout.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Called with every intent's outcome, in any order. Must not throw or block.</summary>
    public Action<BulkOutcome>? OnOutcome { get; init; }

    internal BulkWriterOptions Checked()
    {
        var mistakes = new List<string>();
        if (MaxRows < 1) mistakes.Add($"MaxRows is {MaxRows}; expected at least 1");
        if (MaxBytes is < 1 or > MaxMaxBytes) mistakes.Add($"MaxBytes is {MaxBytes}; expected 1 to {MaxMaxBytes}");
        if (Linger < TimeSpan.Zero || Linger > TimeSpan.FromHours(1)) mistakes.Add($"Linger is {Linger}; expected 0 to 1 hour");
        if (MaxInFlight is < 1 or > 1024) mistakes.Add($"MaxInFlight is {MaxInFlight}; expected 1 to 1024");
        return mistakes.Count == 0 ? this : throw new ArgumentException(string.Join("; ", mistakes) + ".");
    }
}
