namespace Coordinator.Files.Reports;

/// <summary>Rows of a file that share an intent.</summary>
public sealed record RowRange(long First, long Last, long Rows);
