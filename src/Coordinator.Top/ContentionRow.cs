namespace Coordinator.Top;

/// <summary>A table's figures and rates. The rates are null before the second snapshot.</summary>
internal sealed record ContentionRow(TableFigures Figures, double? RowsPerSecond, double? IntentsPerSecond);
