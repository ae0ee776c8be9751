namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>A lineage that a file may belong to, and what speaks for it.</summary>
/// <param name="Origin">The origin of its intents.</param>
/// <param name="Ranges">Its committed ranges, in the order of their sequences.</param>
/// <param name="Known">The hashes of records of the file that lead to it.</param>
/// <param name="IsByFirstRecords">True if the file's first records are its first records, most of them.</param>
internal sealed record Candidate(Guid Origin, IReadOnlyList<LineageRange> Ranges, IReadOnlySet<UInt128> Known, bool IsByFirstRecords)
{
    /// <summary>So many different records that stand together as they were committed are no coincidence.</summary>
    private const int EnoughRecords = 4;

    /// <summary>So many are none where the file is known to belong to another lineage.</summary>
    private const int EnoughRecordsOfAnother = 16;

    /// <summary>True if the file is a version of this lineage's file. A few common records prove nothing.</summary>
    public bool IsProvenBy(Placement trial, long recordsOfFile) =>
        IsByFirstRecords
        || trial.RecordsUnmoved * 2 > trial.RecordsCommitted
        || (trial.RecordsPlaced * 2 > trial.RecordsCommitted && trial.RecordsPlaced * 2 >= recordsOfFile)
        || trial.DifferentRecords(EnoughRecords, Known) >= EnoughRecords
        || (Known.Count > 1 && Known.Count * 2 > trial.RecordsCommitted)
        || IsWhole(trial);

    /// <summary>True if a part of the file was inserted as a file of its own, for instance after it was mended.</summary>
    public static bool IsPartProvenBy(Placement trial) => trial.DifferentRecords(EnoughRecordsOfAnother) >= EnoughRecordsOfAnother || IsWhole(trial);

    /// <summary>All that is committed is in the file, and is more than one record, however often that stands there.</summary>
    private static bool IsWhole(Placement trial) => trial.RecordsPlaced == trial.RecordsCommitted && trial.DifferentRecords(2) == 2;
}
