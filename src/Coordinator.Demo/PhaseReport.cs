namespace Coordinator.Demo;

/// <summary>The displayed figures of one half. Percentiles are those of inserts; goodput is acknowledged rows per second.</summary>
internal sealed record PhaseReport
{
    /// <summary>Writes committed: inserts and runs of the job.</summary>
    public required long Committed { get; init; }

    /// <summary>Transactions that failed because of a conflict, including those of readers and those that the coordinator retried.</summary>
    public required long Conflicts { get; init; }

    /// <summary>Retried transactions.</summary>
    public required long Retried { get; init; }

    public required long Rows { get; init; }

    public required double Seconds { get; init; }

    public required double Goodput { get; init; }

    public required double P50Milliseconds { get; init; }

    public required double P99Milliseconds { get; init; }

    /// <summary>Writing transactions that reached the warehouse, with any outcome.</summary>
    public required long Transactions { get; init; }

    public required double TransactionsPerIntent { get; init; }

    public required OperationReport Inserts { get; init; }

    public required OperationReport Updates { get; init; }

    public required OperationReport Reads { get; init; }

    /// <summary>The half without the coordinator.</summary>
    public static PhaseReport Uncoordinated(Tally tally)
    {
        var conflicts = tally.Inserts.Conflicts + tally.Updates.Conflicts;
        return Of(tally, tally.Inserts.Committed + tally.Updates.Committed + conflicts, conflicts, retried: 0);
    }

    /// <summary>The half with the coordinator.</summary>
    public static PhaseReport Coordinated(Tally tally, TransactionCounts silo) => Of(tally, silo.Transactions, silo.Conflicts, silo.Retried);

    private static PhaseReport Of(Tally tally, long transactions, long conflicts, long retried)
    {
        var (inserts, updates, reads) = (OperationReport.Of(tally.Inserts), OperationReport.Of(tally.Updates), OperationReport.Of(tally.Reads));
        var (committed, rows) = (inserts.Committed + updates.Committed, tally.Acknowledged.Count);
        return new PhaseReport
        {
            Committed = committed,
            Conflicts = conflicts + reads.Conflicts,
            Retried = retried,
            Rows = rows,
            Seconds = Math.Round(tally.Elapsed.TotalSeconds, 3),
            Goodput = Math.Round(rows / Math.Max(0.001, tally.Elapsed.TotalSeconds), 1),
            P50Milliseconds = inserts.P50Milliseconds,
            P99Milliseconds = inserts.P99Milliseconds,
            Transactions = transactions,
            TransactionsPerIntent = Math.Round((double)transactions / Math.Max(1, committed), 3),
            Inserts = inserts,
            Updates = updates,
            Reads = reads,
        };
    }
}
