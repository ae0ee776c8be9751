using Coordinator.Tables;

namespace Coordinator.Core.Warehouses;

/// <summary>A target table's columns at the time of a read.</summary>
public sealed class TableSchema
{
    // Up to this number of columns, a search compares each.
    private const int MaxWithoutIndex = 8;

    private readonly Dictionary<string, WarehouseColumn>? _byName;

    public TableSchema(TableName table, IReadOnlyList<WarehouseColumn> columns, string fingerprint = "")
    {
        ArgumentNullException.ThrowIfNull(columns);
        Table = table;
        Fingerprint = fingerprint;
        Columns = columns;
        if (columns.Count > MaxWithoutIndex) _byName = columns.ToDictionary(static c => c.Name, StringComparer.Ordinal);
    }

    /// <summary>The table.</summary>
    public TableName Table { get; }

    /// <summary>The table's name in SQL, in quotes.</summary>
    public string SqlName => $"{IdentifierText.QuoteAlways(Table.Schema)}.{IdentifierText.QuoteAlways(Table.Table)}";

    /// <summary>The columns, in the table's order.</summary>
    public IReadOnlyList<WarehouseColumn> Columns { get; }

    /// <summary>Changes with every property of the table that binding or writing relies on: the table itself, names, types, order, nullability,
    /// defaults. Only the adapter writes and compares it.</summary>
    public string Fingerprint { get; }

    /// <summary>The column with an exact name, or null.</summary>
    public WarehouseColumn? Find(string name)
    {
        if (_byName is not null) return _byName.GetValueOrDefault(name);
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name) return Columns[i];
        }

        return null;
    }
}
