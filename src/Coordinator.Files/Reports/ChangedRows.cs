namespace Coordinator.Files.Reports;

/// <summary>Rows of a file that share an intent with rows that changed after they were committed.</summary>
/// <param name="First">The first row.</param>
/// <param name="Last">The last row.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="IsExact">True if each of them changed; false if an unknown part of them did.</param>
public sealed record ChangedRows(long First, long Last, long Rows, bool IsExact);
