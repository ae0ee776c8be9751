using Coordinator.Grains;
using Coordinator.Tables;

namespace Coordinator.Simulation.Reservations;

/// <summary>The committed turns of all tables, as their ledgers would record them. Two turns that may not run side by side must not
/// overlap.</summary>
internal sealed class TurnHistory
{
    private readonly Dictionary<TableName, List<(long From, long To, ReservationMode Mode, string Who)>> _turns = [];
    private readonly HashSet<string> _committed = [];

    public int Count { get; private set; }

    /// <summary>The first violation.</summary>
    public string? Problem { get; private set; }

    public bool IsCommitted(string who) => _committed.Contains(who);

    /// <summary>Adds a transaction at its COMMIT.</summary>
    public void Commit(string who, long from, long to, IEnumerable<(TableName Table, ReservationMode Mode)> tables)
    {
        if (!_committed.Add(who)) Problem ??= $"{who} committed twice";
        foreach (var (table, mode) in tables)
        {
            if (!_turns.TryGetValue(table, out var turns)) _turns[table] = turns = [];
            foreach (var other in turns)
            {
                if (other.To <= from || (other.Mode == ReservationMode.Shared && mode == ReservationMode.Shared)) continue;
                Problem ??= $"{who} ({mode}) and {other.Who} ({other.Mode}) had {table} at the same time";
            }

            turns.Add((from, to, mode, who));
            Count++;
        }
    }
}
