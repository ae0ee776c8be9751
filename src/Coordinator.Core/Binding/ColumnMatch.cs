using System.Runtime.CompilerServices;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>The columns of blocks of one schema, compared with those of one table before any value is read. It is computed once for each
/// pair.</summary>
internal sealed class ColumnMatch
{
    private static readonly ConditionalWeakTable<TableSchema, OfTable> Known = [];

    private readonly RowSchema _rows;
    private readonly TableSchema _table;
    private readonly WarehouseColumn?[] _targets;
    private readonly RowError[] _missing;
    private readonly bool _isComplete;

    private ColumnMatch(RowSchema rows, TableSchema table)
    {
        (_rows, _table) = (rows, table);
        _targets = [.. Enumerable.Range(0, rows.Count).Select(i => Find(rows, i, table))];
        _missing =
        [
            .. table.Columns.Where(column => !column.IsNullable && !column.HasDefault && rows.IndexOf(column.Name) < 0)
                .Select(static column => new RowError(0, column.Name, LeftOut(column))),
        ];
        _isComplete = _missing.Length == 0 && Array.TrueForAll(_targets, static target => target is not null);
    }

    public static ColumnMatch Of(RowSchema rows, TableSchema table)
    {
        var ofTable = Known.GetOrCreateValue(table);
        return ofTable.First is { } first && ReferenceEquals(first._rows, rows) ? first : ofTable.Get(rows, table);
    }

    /// <summary>The table's column for a column of the block; null if there is none that can be written.</summary>
    public WarehouseColumn? this[int column] => _targets[column];

    /// <summary>The columns that cannot be written, each with the first row that has it: 0 if every row has it.</summary>
    public IReadOnlyList<RowError> Errors(RowBlock rows)
    {
        if (_isComplete) return [];
        var errors = new List<RowError>();
        for (var i = 0; i < _targets.Length; i++)
        {
            if (_targets[i] is null && FirstRow(rows.Column(i)) is { } row)
                errors.Add(new RowError(row, rows.Schema.Names[i], Reason(rows.Schema.Names[i], rows.Schema.Types[i], _table)));
        }

        errors.AddRange(_missing);
        return errors.Count > RowBinder.MaxErrors ? errors[..RowBinder.MaxErrors] : errors;
    }

    private static WarehouseColumn? Find(RowSchema rows, int column, TableSchema table) =>
        table.Find(rows.Names[column]) is { Unwritable: null } found && Conversion.To(found.Type).Takes(rows.Types[column]) ? found : null;

    public static string LeftOut(WarehouseColumn column) => $"left out, but {column.TypeName} NOT NULL without default: every row must have it.";

    /// <summary>The first row that has a column, from 1; 0 if every row has it, null if none has.</summary>
    private static long? FirstRow(in Column column)
    {
        if (!column.HasAbsent) return 0;
        for (var row = 0; row < column.RowCount; row++)
        {
            if (!column.IsAbsent(row)) return row + 1L;
        }

        return null;
    }

    private static string Reason(string name, ColumnType type, TableSchema table)
    {
        if (table.Find(name) is not { } column)
            return $"{table.Table} has no such "
                + $"column.{NearestName.Hint(name, table.Columns.Where(static c => c.Unwritable is null).Select(static c => c.Name))}";
        if (column.Unwritable is { } why) return $"cannot be written: it {why}.";
        return $"{type} values do not fit {column.TypeName}: send {string.Join(", ", Conversion.To(column.Type).Sources)}.";
    }

    /// <summary>The pairs of one table. Most tables have one, so a table for others is made only when they come.</summary>
    private sealed class OfTable
    {
        private ConditionalWeakTable<RowSchema, ColumnMatch>? _others;

        public ColumnMatch? First { get; private set; }

        public ColumnMatch Get(RowSchema rows, TableSchema table)
        {
            if (First is null) return First = new ColumnMatch(rows, table);
            var others = LazyInitializer.EnsureInitialized(ref _others, static () => []);
            return others.TryGetValue(rows, out var known) ? known : others.GetValue(rows, schema => new ColumnMatch(schema, table));
        }
    }
}
