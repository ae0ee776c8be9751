namespace Coordinator.ClientHost.Contention;

/// <summary>A table's figures, and how fast it is written: null before two snapshots are there.</summary>
internal sealed record ContentionRow(TableFigures Figures, double? RowsPerSecond, double? IntentsPerSecond);
