using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.TableSets;

/// <summary>Compares the declared tables of an update with the found ones: every touched table must be reserved, or the update does not
/// run.</summary>
public static class TableSetCheck
{
    /// <summary>No update may write to a protected schema. Without a declaration the found tables are used, if they are certain; with a
    /// declaration it must contain all found tables.</summary>
    public static TableSetVerdict Of(UpdateIntent intent, IReadOnlyList<StatementTables> found)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(found);
        var writes = Sorted(found.SelectMany(static s => s.Writes));
        var reads = Sorted(found.SelectMany(static s => s.Reads).Except(writes));
        foreach (var statement in found)
        {
            foreach (var target in statement.Writes.Where(static t => ProtectedSchemas.Contains(t)))
                return Rejected($"Statement {statement.Statement} writes {target}, but {ProtectedSchemas.Reason(target.Schema)}");
        }

        var doubts = found.Where(static s => s.Doubt is not null).ToList();
        if (intent.Writes.Count == 0 && doubts.Count > 0) return Rejected(Uncertain(doubts, writes, reads));
        if (intent.Writes.Count == 0 && writes.Count == 0) return Rejected("The SQL writes no table; an update writes at least one.");
        if (intent.Writes.Count == 0 && intent.Reads.Count == 0) return new TableSetVerdict(writes, reads);
        var undeclaredWrites = writes.Except(intent.Writes).ToList();
        var undeclaredReads = reads.Except(intent.Writes).Except(intent.Reads).ToList();
        if (undeclaredWrites.Count == 0 && undeclaredReads.Count == 0)
            return new TableSetVerdict(intent.Writes, [.. intent.Reads.Where(static t => !ProtectedSchemas.Contains(t))]);
        var allWrites = Sorted(intent.Writes.Concat(writes));
        var allReads = Sorted(intent.Reads.Concat(reads).Except(allWrites));
        return Rejected($"{Undeclared(undeclaredWrites, undeclaredReads, intent)} {Declare(allWrites, allReads)}");
    }

    private static TableSetVerdict Rejected(string reason) => new([], [], reason);

    private static string Uncertain(List<StatementTables> doubts, List<TableName> writes, List<TableName> reads)
    {
        var reasons = string.Join("; ", doubts.Select(static s => $"statement {s.Statement}: {s.Doubt}"));
        var soFar = writes.Count + reads.Count == 0
            ? "Declare all tables that it writes as Writes and those that it only reads as Reads."
            : $"{Declare(writes, reads)[..^1]}, and every other table that it touches.";
        return $"The tables of this update cannot be found for certain ({reasons}). {soFar}";
    }

    private static string Undeclared(List<TableName> writes, List<TableName> reads, UpdateIntent intent)
    {
        var onlyRead = writes.Intersect(intent.Reads).ToList();
        var parts = new List<string>();
        if (writes.Except(onlyRead).ToList() is { Count: > 0 } undeclared) parts.Add($"writes {Names(undeclared)} without declaring it");
        if (onlyRead.Count > 0) parts.Add($"writes {Names(onlyRead)}, declared as only read");
        if (reads.Count > 0) parts.Add($"reads {Names(reads)} without declaring it");
        return $"The SQL {string.Join(", and ", parts)}.";
    }

    private static string Declare(List<TableName> writes, List<TableName> reads)
    {
        var parts = new List<string>();
        if (writes.Count > 0) parts.Add($"Writes: {Names(writes)}");
        if (reads.Count > 0) parts.Add($"Reads: {Names(reads)}");
        return $"Declare {string.Join("; ", parts)}.";
    }

    private static string Names(IEnumerable<TableName> tables) => string.Join(", ", tables);

    private static List<TableName> Sorted(IEnumerable<TableName> tables) => [.. tables.Distinct().Order()];
}
