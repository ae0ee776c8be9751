using Coordinator.Files.Records;

namespace Coordinator.Files;

/// <summary>How a file is read, and how its records are inserted.</summary>
public sealed record FileInsertOptions
{
    /// <summary>The most records that <see cref="ChunkRows"/> takes.</summary>
    public const int MaxChunkRows = 100_000;

    /// <summary>How records are written. Null: what the file's extension says.</summary>
    public RowFormat? Format { get; init; }

    /// <summary>The character between the fields of CSV. Null: what the extension or the header row shows.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The text of a CSV field without quotes that is null. By default a field without text.</summary>
    public string NullMarker { get; init; } = "";

    /// <summary>The name of the text's encoding: utf-8, utf-16, utf-16le, utf-16be, latin1 or windows-1252. Null: UTF-8, or UTF-16 where the first bytes show it.</summary>
    public string? Encoding { get; init; }

    /// <summary>True to insert every record, also those that an earlier run committed.</summary>
    public bool Again { get; init; }

    /// <summary>Records of one intent, 1 to <see cref="MaxChunkRows"/>: they are written together or not at all.</summary>
    public int ChunkRows { get; init; } = 1000;

    /// <summary>The path of the file that receives the records that are not written. Null: none. An existing file is overwritten.</summary>
    public string? RejectedTo { get; init; }

    /// <summary>Who writes, for the contention page. Null: what the client's options say.</summary>
    public string? Source { get; init; }

    /// <summary>How long each intent is tried. Null: what the client's options say.</summary>
    public TimeSpan? Timeout { get; init; }
}
