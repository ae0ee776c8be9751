using Coordinator.Contention;
using Coordinator.Tables;

namespace Coordinator.Core.Contention.Labels;

/// <summary>The tables that metrics report by name: a limited number, and the rest together as <see cref="Other"/>. A table keeps its label
/// until it was quiet for long and a busier one needs it. A label reports all counts that were ever added under it, so no series decreases, and
/// the sum over labels is always the sum over tables. Not thread-safe.</summary>
/// <param name="maxTables">The maximum number of tables with a label at the same time.</param>
/// <param name="maxNames">The maximum number of tables that ever get a label, because ended series are still reported.</param>
public sealed class TableLabels(int maxTables, int maxNames)
{
    /// <summary>The label of all tables without their own. No table has this name, because names have schemas.</summary>
    public const string Other = "other";

    /// <summary>How long a table must be quiet before it can lose its label.</summary>
    public static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(15);

    private readonly Dictionary<TableName, Label> _labelled = [];
    private readonly Dictionary<TableName, TableCounts> _named = [];
    private TableCounts _other;

    /// <summary>Updates the labels.</summary>
    /// <param name="tables">All known tables.</param>
    /// <param name="forgotten">The counts of tables that are no longer known.</param>
    /// <param name="now">The present time.</param>
    public IReadOnlyList<LabelFigures> Update(IReadOnlyList<TableReading> tables, in TableCounts forgotten, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tables);
        Assign(tables, now);
        var total = forgotten;
        var own = new Dictionary<TableName, LabelGauges>(_labelled.Count);
        LabelGauges? others = null;
        foreach (var table in tables)
        {
            total = total.Plus(table.Counts);
            if (_labelled.TryGetValue(table.Table, out var label))
            {
                _named[table.Table] = _named[table.Table].Plus(label.Since(table));
                own[table.Table] = default(LabelGauges).Plus(table);
            }
            else
            {
                others = (others ?? default).Plus(table);
            }
        }

        // Sums of fractions are not exact, and a series must not decrease because of that. Counts that belong to no label are other's, including
        // those of a table that was forgotten between two updates.
        _other = _other.AtLeast(_named.Values.Aggregate(total, static (rest, named) => rest.Minus(named)));
        var figures = _named.Select(named => new LabelFigures(named.Key.ToString(), named.Value, Now(named.Key))).ToList();
        if (others is not null || HasCounted(_other)) figures.Add(new LabelFigures(Other, _other, others ?? default(LabelGauges)));
        return figures;

        LabelGauges? Now(TableName table) =>
            own.TryGetValue(table, out var gauges) ? gauges : _labelled.ContainsKey(table) ? default(LabelGauges) : null;
    }

    /// <summary>True for more than the rounding error of sums.</summary>
    private static bool HasCounted(in TableCounts counts) =>
        counts.InsertsHeldMilliseconds + counts.UpdatesHeldMilliseconds + counts.BlockedMilliseconds > 0.001
        || counts with { InsertsHeldMilliseconds = 0, UpdatesHeldMilliseconds = 0, BlockedMilliseconds = 0 } != default;

    private void Assign(IReadOnlyList<TableReading> tables, DateTimeOffset now)
    {
        if (tables.Count <= _labelled.Count && tables.All(table => _labelled.ContainsKey(table.Table))) return;
        var known = tables.ToDictionary(static table => table.Table);
        var quiet = new Queue<TableName>(_labelled.Keys.Where(IsQuiet).OrderBy(table => known.GetValueOrDefault(table)?.LatestAt ?? default));
        var wanting = tables.Where(table => !_labelled.ContainsKey(table.Table))
            .OrderByDescending(static table => table.ContentionMilliseconds)
            .ThenByDescending(static table => table.LatestAt)
            .ThenBy(static table => table.Table);
        foreach (var table in wanting)
        {
            if (_labelled.Count < maxTables)
            {
                // Labels are never returned, so while one is free no count of the table was reported under other.
                _labelled[table.Table] = new Label();
                _named.TryAdd(table.Table, default);
            }
            else if (now - table.LatestAt < QuietFor
                && (_named.Count < maxNames || _named.ContainsKey(table.Table))
                && quiet.TryDequeue(out var former))
            {
                _labelled.Remove(former);
                _labelled[table.Table] = new Label(table);
                _named.TryAdd(table.Table, default);
            }
        }

        bool IsQuiet(TableName label) =>
            !known.TryGetValue(label, out var table) || (now - table.LatestAt >= QuietFor && table.Gauges.QueueDepth == 0);
    }

    /// <summary>A table with a label, and the part of its counts that is already reported.</summary>
    private sealed class Label
    {
        private object? _account;
        private TableCounts _seen;

        /// <summary>For a table without reported counts.</summary>
        public Label()
        {
        }

        /// <summary>For a table that was reported under other so far.</summary>
        public Label(TableReading table) => (_account, _seen) = (table.Account, table.Counts);

        public TableCounts Since(TableReading table)
        {
            var news = ReferenceEquals(_account, table.Account) ? table.Counts.Minus(_seen) : table.Counts;
            (_account, _seen) = (table.Account, table.Counts);
            return news;
        }
    }
}
