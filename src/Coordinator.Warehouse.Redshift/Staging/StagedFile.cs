namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>One file of a batch.</summary>
/// <param name="Url">Its URL for COPY.</param>
/// <param name="Bytes">Its compressed size.</param>
/// <param name="RowsBefore">The number of rows in earlier files of the batch.</param>
/// <param name="HasLineBreaks">True if a line is not always a row.</param>
internal sealed record StagedFile(string Url, long Bytes, long RowsBefore, bool HasLineBreaks);
