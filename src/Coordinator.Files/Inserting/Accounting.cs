using Coordinator.Files.Input;
using Coordinator.Files.Lineages;
using Coordinator.Files.Reports;

namespace Coordinator.Files.Inserting;

/// <summary>Checks that every record of the file has an outcome: committed, committed before, not written, changed, or in a part that could not
/// be read. It counts independently of the code that it checks.</summary>
internal static class Accounting
{
    /// <summary>The difference in the counts; null if there is none.</summary>
    /// <param name="report">The outcomes of the records.</param>
    /// <param name="plan">The records that were in the ledger before.</param>
    /// <param name="records">The number of records that the readers returned.</param>
    /// <param name="bytesLeft">The number of bytes of the file that were not read.</param>
    /// <param name="rejected">The file of rejected records, if any.</param>
    /// <param name="doubtful">The file of records with an unknown outcome, if any.</param>
    /// <param name="input">The file.</param>
    public static string? Check(
        InsertReport report, InsertPlan plan, long records, long bytesLeft, RejectedRecords? rejected, RejectedRecords? doubtful, InputFile input)
    {
        var known = report.RowsCommitted + report.RowsAlreadyCommitted + report.RowsNotWritten + report.RowsChanged;
        if (known != records) return $"{records} records were read, but the outcome of {known} is known.";
        if (report.RowsAlreadyCommitted < plan.RecordsCommitted)
            return $"The ledger has {plan.RecordsCommitted} of the file's records, but {report.RowsAlreadyCommitted} were met.";
        var toSave = report.RowsNotWritten + report.RowsChanged;
        if (rejected is not null && doubtful is not null && rejected.Count + doubtful.Count != toSave)
            return $"{toSave} records were not written, but {rejected.Count} are in {rejected.Path} and {doubtful.Count} in {doubtful.Path}.";
        if (report.Unread is not { } unread)
            return bytesLeft == 0 ? null : $"{bytesLeft} bytes at the end of the file were not read: it became shorter meanwhile.";
        if (unread.SavedTo is null) return null;
        var saved = new FileInfo(unread.SavedTo).Length;
        return unread.Byte + saved == input.LengthBytes
            ? null
            : $"{input.LengthBytes - unread.Byte} bytes could not be read, but {saved} are in {unread.SavedTo}.";
    }
}
