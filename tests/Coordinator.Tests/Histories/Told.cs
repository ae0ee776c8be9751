using Coordinator.Intents;
using Coordinator.Simulation.Histories;

namespace Coordinator.Tests.Histories;

/// <summary>A small history that a test changes in one place.</summary>
internal sealed class Told
{
    public const string Table = "t";

    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Guid Origin = new("6f1c7c9e-0d4b-4b57-8d5e-0a4f6c1b2d3e");

    public List<SentCall> Calls { get; } = [];

    public List<StoredRow> Rows { get; } = [];

    public List<StoredRange> Ledger { get; } = [];

    public List<LostMemory> Lost { get; } = [];

    public List<Outage> Outages { get; } = [];

    public List<Recovery> Recoveries { get; } = [];

    public static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    /// <summary>A call for an intent of one row, whose key is the sequence.</summary>
    public Told Call(long sequence, CallAnswer answer, double begun, double ended, params long[] keys)
    {
        SentRow[] rows = keys.Length == 0 ? [new SentRow(sequence, "v")] : [.. keys.Select(static k => new SentRow(k, "v"))];
        Calls.Add(new SentCall(new IntentId(Origin, sequence), Table, "writer", rows, At(begun), At(ended), answer, "words"));
        return this;
    }

    public Told Row(long key, string value = "v")
    {
        Rows.Add(new StoredRow(key, value));
        return this;
    }

    /// <summary>A transaction that committed one intent.</summary>
    public Told Commit(long sequence, double started, double ended, string activation = "a")
    {
        Ledger.Add(new StoredRange(Origin, sequence, sequence, Guid.NewGuid(), activation, At(started), At(ended)));
        return this;
    }

    public Told Drop(double began, double ended)
    {
        Lost.Add(new LostMemory(Table, At(began), At(ended)));
        return this;
    }

    /// <summary>The kinds of what the checker finds.</summary>
    public IReadOnlyList<FindingKind> Found() => [.. HistoryChecker.Check(new History
    {
        Calls = Calls,
        Tables = [new StoredTable(Table, Rows, Ledger)],
        Lost = Lost,
        Outages = Outages,
        Recoveries = Recoveries,
    }).Select(static f => f.Kind)];
}
