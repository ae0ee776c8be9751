using Coordinator.Tables;

namespace Coordinator.Contention;

/// <summary>A time in which the warehouse, or one of its tables, takes no writes, or a service beside it does not answer.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.OutageFigures")]
public sealed record OutageFigures
{
    /// <summary>The table; null if the whole warehouse, or a service beside it, is concerned.</summary>
    [Id(0)]
    public TableName? Table { get; init; }

    /// <summary>The silo that saw it.</summary>
    [Id(1)]
    public required string Silo { get; init; }

    /// <summary>The cause, one of the words of <see cref="ConflictRecord.Cause"/>.</summary>
    [Id(2)]
    public required string Cause { get; init; }

    /// <summary>The latest words of what fails.</summary>
    [Id(3)]
    public required string Message { get; init; }

    /// <summary>When the first call failed.</summary>
    [Id(4)]
    public required DateTimeOffset Since { get; init; }

    /// <summary>The calls that have failed since.</summary>
    [Id(5)]
    public required long Failures { get; init; }

    /// <summary>The service beside the warehouse that does not answer, such as <c>memcached 127.0.0.1:11211</c> or <c>the membership</c>; null for
    /// the warehouse and its tables.</summary>
    [Id(6)]
    public string? Service { get; init; }

    /// <summary>In a sentence, such as <c>the warehouse fails since 2026-11-29 21:30:05Z (connection): …</c>.</summary>
    public override string ToString() =>
        $"{Service ?? (Table is { } table ? $"table {table}" : "the warehouse")} fails since {Since.UtcDateTime:u} ({Cause}): {Message}";
}
