namespace Coordinator.ClientHost.Inserting;

/// <summary>Rows of a file that share an intent.</summary>
internal sealed record RowRange(long First, long Last, long Rows);
