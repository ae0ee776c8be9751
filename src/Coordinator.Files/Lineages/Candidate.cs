namespace Coordinator.Files.Lineages;

/// <summary>A lineage that a file may belong to, and the evidence.</summary>
/// <param name="Origin">The origin of its intents.</param>
/// <param name="Ranges">Its committed ranges, ordered by sequence.</param>
/// <param name="Known">The hashes of the file's records that lead to it.</param>
/// <param name="IsByFirstRecords">True if most of the file's first records are the lineage's first records.</param>
internal sealed record Candidate(Guid Origin, IReadOnlyList<LineageRange> Ranges, IReadOnlySet<UInt128> Known, bool IsByFirstRecords)
{
    /// <summary>This number of different records in their committed order is not a coincidence.</summary>
    private const int EnoughRecords = 4;

    /// <summary>The same for a file that is known to belong to another lineage.</summary>
    private const int EnoughRecordsOfAnother = 16;

    /// <summary>True if the file is a version of this lineage's file. A few common records are not enough.</summary>
    public bool IsProvenBy(Placement trial, long recordsOfFile) =>
        IsByFirstRecords
        || trial.RecordsUnmoved * 2 > trial.RecordsCommitted
        || (trial.RecordsPlaced * 2 > trial.RecordsCommitted && trial.RecordsPlaced * 2 >= recordsOfFile)
        || trial.DifferentRecords(EnoughRecords, Known) >= EnoughRecords
        || (Known.Count > 1 && Known.Count * 2 > trial.RecordsCommitted)
        || IsWhole(trial);

    /// <summary>True if a part of the file was inserted as a separate file, for instance after a correction.</summary>
    public static bool IsPartProvenBy(Placement trial) => trial.DifferentRecords(EnoughRecordsOfAnother) >= EnoughRecordsOfAnother || IsWhole(trial);

    /// <summary>True if the file contains all committed records, and these are more than repetitions of one record.</summary>
    private static bool IsWhole(Placement trial) => trial.RecordsPlaced == trial.RecordsCommitted && trial.DifferentRecords(2) == 2;
}
