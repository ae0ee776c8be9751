using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Coerces rows to a table's column types before they are queued, so that one bad row meets nobody else's.</summary>
public static class RowBinder
{
    /// <summary>The most errors of one intent that are told.</summary>
    public const int MaxErrors = 100;

    /// <summary>Binds a block to a table.</summary>
    public static BindResult Bind(RowBlock rows, TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(schema);
        try
        {
            var misnamed = ColumnMatch.Errors(rows.Schema, schema);
            return misnamed.Count > 0 ? BindResult.Failed(misnamed) : Bind(rows, [.. rows.Schema.Names.Select(name => schema.Find(name)!)]);
        }
        catch (Exception e) when (e is InvalidRowsException or ArgumentException)
        {
            // What came over the wire is no block, or holds bits that are no decimal or no date: no single row can be blamed.
            return BindResult.Failed(RowError.OfIntent($"The rows cannot be read: {e.Message}"));
        }
    }

    private static BindResult Bind(RowBlock rows, WarehouseColumn[] targets)
    {
        var errors = RowSize.Errors(rows);
        var fits = errors.Count == 0;
        for (var i = 0; fits && i < targets.Length; i++) fits = FittingColumn.IsFitting(rows.Column(i), targets[i]);
        if (fits) return BindResult.Of(rows);

        var builder = new RowBlockBuilder(new RowSchema([.. targets.Select(static t => (t.Name, t.WireType))]));
        for (var i = 0; i < targets.Length; i++) ColumnConversion.Run(rows.Column(i), targets[i], builder[i], errors);
        if (errors.Count == 0) return BindResult.Of(builder.Build());
        return BindResult.Failed([.. errors.OrderBy(static e => e.Row).Take(MaxErrors)]);
    }
}
