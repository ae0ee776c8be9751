namespace Coordinator.ClientHost.Rows;

/// <summary>How records are written in a file or a body.</summary>
internal enum RowFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>One JSON array of objects.</summary>
    Json,

    /// <summary>Comma-separated values with a header row.</summary>
    Csv,
}
