namespace Coordinator.Warehouse.Redshift.Redshift.Staging;

/// <summary>One file of a batch.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Its size as it lies there.</param>
/// <param name="RowsBefore">The rows of the batch that are in files before it.</param>
internal sealed record StagedFile(string Key, long Bytes, long RowsBefore);
