namespace Coordinator.Warehouse.Redshift.Redshift.Staging;

/// <summary>One file of a batch.</summary>
/// <param name="Url">Where COPY finds it.</param>
/// <param name="Bytes">Its size as it lies there.</param>
/// <param name="RowsBefore">The rows of the batch that are in files before it.</param>
/// <param name="HasLineBreaks">True if a line is not always a row.</param>
internal sealed record StagedFile(string Url, long Bytes, long RowsBefore, bool HasLineBreaks);
