using Coordinator.Laboratory.Cluster;
using Coordinator.Laboratory.Cycle.Proof;
using Coordinator.Laboratory.Cycle.Work;
using Coordinator.Laboratory.Evidence;

namespace Coordinator.Laboratory.Cycle;

/// <summary>The results of a cycle workload.</summary>
internal sealed record CycleReport
{
    /// <summary>
    /// A waiter whose wake-up was lost retries after 5 s. Meanwhile a reader, which pauses for 50 ms on average, reads about 90 times. No other
    /// unexplained wait comes near half of that. The limit counts reads, because a busy machine makes every wait long.
    /// </summary>
    private const int LostWakeUpReads = 45;

    public required CycleSettings Settings { get; init; }

    /// <summary>The same without the coordinator; null unless requested.</summary>
    public required OperationFigures? Uncoordinated { get; init; }

    public required OperationFigures Coordinated { get; init; }

    /// <summary>The figures of the simulator; null with PostgreSQL.</summary>
    public required RedshiftFigures? Redshift { get; init; }

    /// <summary>Transactions that PostgreSQL failed; with Redshift, the PostgreSQL under the simulator.</summary>
    public required ConflictFigures Conflicts { get; init; }

    /// <summary>The conflicts that the table grains counted at <c>/api/contention</c>.</summary>
    public required long SiloConflicts { get; init; }

    public required long SiloOverlaps { get; init; }

    /// <summary>Updates that retried after a failure of the warehouse, and updates that lost a table and restarted.</summary>
    public required IReadOnlyList<string> UpdateRetries { get; init; }

    public required IReadOnlyList<string> UpdateRestarts { get; init; }

    /// <summary>Rows acknowledged, lost and doubled, including the records of every run.</summary>
    public required RowCheck Rows { get; init; }

    /// <summary>Transactions that wrote rows but are not in the ledger.</summary>
    public required long OutsideLedger { get; init; }

    public required SnapshotCheck Snapshots { get; init; }

    /// <summary>Committed transactions, and pairs that were open at once although one wrote what the other touched.</summary>
    public required int Transactions { get; init; }

    public required IReadOnlyList<string> Overlaps { get; init; }

    /// <summary>Pairs of runs that were open at once and read the same table.</summary>
    public required int SharedReads { get; init; }

    public required WaitFigures UpdateWaits { get; init; }

    public required WaitFigures InsertWaits { get; init; }

    public required IReadOnlyList<Strike> Strikes { get; init; }

    /// <summary>Whether the laboratory has PostgreSQL's log from its beginning.</summary>
    public required bool IsLogWhole { get; init; }

    /// <summary>Violations of the expectations.</summary>
    public IReadOnlyList<string> Problems => [.. FindProblems()];

    public static async Task<CycleReport> ReadAsync(
        CycleSettings settings,
        LoopbackCluster cluster,
        CycleTables tables,
        WorkTally tally,
        OperationFigures? uncoordinated,
        IReadOnlyList<Strike> strikes,
        ContentionWatch watch,
        long violations,
        DateTimeOffset began)
    {
        var histories = new List<TableHistory>();
        for (var t = 0; t < tables.Count; t++) histories.Add(await TableHistory.ReadAsync(cluster.Evidence, tables.Name(t)));
        var turns = Turns.Of(histories, tally.FinishedRuns);
        var (overlaps, shared) = Turns.Pair(turns);
        var updates = Waits.OfUpdates(turns, tally.FinishedRuns);
        var share = new FairShare(turns, updates, new ReadPace(tally.ReadEnds, settings.Readers));
        return new CycleReport
        {
            Settings = settings,
            Uncoordinated = uncoordinated,
            Coordinated = await OperationFigures.ReadAsync(settings, cluster.Evidence, tables, tally),
            Redshift = cluster.Warehouse.Redshift is { } redshift ? RedshiftFigures.Of(redshift, violations) : null,
            Conflicts = ConflictFigures.Of(ServerLog.Read(cluster.Postgres.Process).Where(e => e.At >= began)),
            SiloConflicts = watch.Conflicts,
            SiloOverlaps = watch.Overlaps,
            UpdateRetries = SiloLog.Read(cluster.Nodes, SiloLog.UpdateRetried),
            UpdateRestarts = SiloLog.Read(cluster.Nodes, SiloLog.UpdateRestarted),
            Rows = await RowCheck.RunAsync(cluster.Evidence, tally.Tables),
            OutsideLedger = histories.Sum(static h => h.Strangers),
            Snapshots = await SnapshotCheck.RunAsync(cluster.Evidence, tables, histories),
            Transactions = turns.Count,
            Overlaps = [.. overlaps.Select(static o => $"{o.Earlier.Source} {o.Earlier.Started:HH:mm:ss.fff}–{o.Earlier.Ended:HH:mm:ss.fff} and "
                + $"{o.Later.Source} {o.Later.Started:HH:mm:ss.fff}–{o.Later.Ended:HH:mm:ss.fff}")],
            SharedReads = shared,
            UpdateWaits = share.Judge(updates),
            InsertWaits = share.Judge(Waits.OfInserts(tally.Samples)),
            Strikes = strikes,
            IsLogWhole = ServerLog.IsWhole(cluster.Postgres.Process),
        };
    }

    private IEnumerable<string> FindProblems()
    {
        foreach (var failure in Coordinated.Failures.GroupBy(static f => f)) yield return $"{failure.Count()} failed: {failure.Key}";
        if (Coordinated.FewestRuns == 0) yield return "a job never ran";
        if (Coordinated.InsertConflicts + Coordinated.RunConflicts + Coordinated.ReadConflicts is > 0 and var seen)
            yield return $"{seen} operations heard of a conflict";
        if (Conflicts.Deadlocks > 0) yield return $"{Conflicts.Deadlocks} deadlocks";
        if (!Settings.Faults && Conflicts.SerializationFailures > 0) yield return $"{Conflicts.SerializationFailures} serialization failures";
        foreach (var conflict in Conflicts.Unexplained) yield return "no overlap accounts for: " + conflict;
        if (Rows.Lost > 0) yield return $"{Rows.Lost} rows lost";
        if (Rows.Doubled > 0) yield return $"{Rows.Doubled} rows doubled";
        if (OutsideLedger > 0) yield return $"{OutsideLedger} transactions outside the ledger";
        if (Snapshots.Wrong > 0) yield return $"{Snapshots.Wrong} records of states that never were";
        if (!Settings.Faults && Snapshots.AtAnother > 0) yield return $"{Snapshots.AtAnother} records of another moment than their turn's";
        if (!Settings.Faults) foreach (var overlap in Overlaps) yield return "open at once: " + overlap;
        if (!Settings.Faults && UpdateRestarts.Count > 0) yield return $"{UpdateRestarts.Count} updates started again";
        if (!Settings.Faults && IsForgotten(UpdateWaits)) yield return "an update waited without a cause: " + UpdateWaits.Unexplained;
        // On Redshift an insert also waits for the flush interval between two transactions of its table.
        if (!Settings.Faults && Redshift is null && IsForgotten(InsertWaits))
            yield return "an insert waited without a cause: " + InsertWaits.Unexplained;
        foreach (var problem in FindRedshiftProblems()) yield return problem;
        if (!IsLogWhole) yield return "PostgreSQL wrote more than was kept: its conflicts are not all counted";
    }

    private static bool IsForgotten(WaitFigures waits) => waits.UnexplainedReads >= LostWakeUpReads;

    private IEnumerable<string> FindRedshiftProblems()
    {
        if (Redshift is null) yield break;
        if (Redshift.Violations > 0) yield return $"Redshift failed {Redshift.Violations} transactions for the sake of others";
        foreach (var refused in Redshift.Refused) yield return "Redshift refused: " + refused;
        foreach (var foreign in Redshift.Foreign) yield return "not Redshift's: " + foreign;
        if (Coordinated.Increments?.Uncounted is not 0 and var uncounted) yield return $"{uncounted} rows are in no run of the incremental job";
        if (Uncoordinated is null) yield break;
        if (Settings.Warehouse == WarehouseKind.RedshiftSerializable && Redshift.UncoordinatedViolations == 0)
            yield return "nothing failed uncoordinated either: the run shows nothing";
        if (Settings.Warehouse == WarehouseKind.RedshiftSnapshot && Uncoordinated.Increments?.Uncounted is 0)
            yield return "nothing was lost uncoordinated either: the run shows nothing";
    }
}
