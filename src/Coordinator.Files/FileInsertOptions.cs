using Coordinator.Files.Records;

namespace Coordinator.Files;

/// <summary>Options for reading a file and inserting its records.</summary>
public sealed record FileInsertOptions
{
    /// <summary>The maximum of <see cref="ChunkRows"/>.</summary>
    public const int MaxChunkRows = 100_000;

    /// <summary>The format of the records. Null: by the file's extension.</summary>
    public RowFormat? Format { get; init; }

    /// <summary>The delimiter of CSV fields. Null: by the extension or the header row.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The content of an unquoted CSV field that means null. Empty by default.</summary>
    public string NullMarker { get; init; } = "";

    /// <summary>The text encoding: utf-8, utf-16, utf-16le, utf-16be, latin1 or windows-1252. Null: UTF-8, or UTF-16 if the first bytes indicate
    /// it.</summary>
    public string? Encoding { get; init; }

    /// <summary>True to insert every record, including those that an earlier run committed.</summary>
    public bool Again { get; init; }

    /// <summary>The number of records of one intent, 1 to <see cref="MaxChunkRows"/>: they are written together or not at all.</summary>
    public int ChunkRows { get; init; } = 1000;

    /// <summary>The path of a file for the records that are not written. Null: none. An existing file is overwritten.</summary>
    public string? RejectedTo { get; init; }

    /// <summary>The writer's name on the contention page. Null: from the client's options.</summary>
    public string? Source { get; init; }

    /// <summary>How long each intent is retried. Null: from the client's options.</summary>
    public TimeSpan? Timeout { get; init; }
}
