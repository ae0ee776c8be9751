namespace Coordinator.Files.Records;

/// <summary>The format of records in a file or a body.</summary>
public enum RowFormat
{
    /// <summary>One JSON object per line.</summary>
    Ndjson,

    /// <summary>One JSON array of objects.</summary>
    Json,

    /// <summary>Comma-separated values with a header row.</summary>
    Csv,
}
