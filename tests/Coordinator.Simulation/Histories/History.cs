using Coordinator.Intents;

namespace Coordinator.Simulation.Histories;

/// <summary>All that happened in a run: what callers sent and heard, what tables and ledgers have, and what was said about outages.</summary>
internal sealed class History
{
    private Dictionary<IntentId, SentIntent>? _intents;

    public IReadOnlyList<SentCall> Calls { get; init; } = [];

    public IReadOnlyList<StoredTable> Tables { get; init; } = [];

    public IReadOnlyList<LostMemory> Lost { get; init; } = [];

    public IReadOnlyList<Outage> Outages { get; init; } = [];

    public IReadOnlyList<Recovery> Recoveries { get; init; } = [];

    /// <summary>The intents of all calls.</summary>
    public IReadOnlyDictionary<IntentId, SentIntent> Intents =>
        _intents ??= Calls.GroupBy(static c => c.Id).ToDictionary(static g => g.Key, static g => new SentIntent(g));

    /// <summary>The rows of each table by their keys.</summary>
    public ILookup<long, StoredRow> RowsOf(string table) =>
        (Tables.FirstOrDefault(t => t.Name == table)?.Rows ?? []).ToLookup(static r => r.Key);

    /// <summary>The intents into each table, with that table's rows by their keys.</summary>
    public IEnumerable<(SentIntent Intent, ILookup<long, StoredRow> Rows)> WithRows() =>
        from table in Intents.Values.GroupBy(static i => i.First.Table)
        let rows = RowsOf(table.Key)
        from intent in table
        select (intent, rows);
}
