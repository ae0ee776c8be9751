using Coordinator.Core.Warehouses;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Converts rows to a table's column types before they are queued, so that one invalid row does not affect other callers'
/// rows.</summary>
public static class RowBinder
{
    /// <summary>The maximum number of reported errors of one intent.</summary>
    public const int MaxErrors = 100;

    private static readonly RowError TooLarge =
        RowError.OfIntent($"The rows take more than {RowBlock.MaxBytes} bytes in the types of the table's columns. Send fewer rows at a time.");

    /// <summary>Binds a block to a table. The result of a value depends only on its column, never on its neighbours.</summary>
    public static BindResult Bind(RowBlock rows, TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(schema);
        try
        {
            var match = ColumnMatch.Of(rows.Schema, schema);
            var misnamed = match.Errors(rows);
            return misnamed.Count > 0 ? BindResult.Failed(misnamed) : BindColumns(rows, match);
        }
        catch (Exception e) when (e is InvalidRowsException or ArgumentException)
        {
            // The bytes are not a block, or a decimal or date in it is invalid: no single row can be blamed.
            return BindResult.Failed(RowError.OfIntent($"The rows cannot be read: {e.Message}"));
        }
    }

    private static BindResult BindColumns(RowBlock rows, ColumnMatch match)
    {
        var errors = RowChecks.Errors(rows);
        if (errors.Count == 0 && IsFitting(rows, match)) return BindResult.Of(rows);
        var columns = new List<(Column Source, WarehouseColumn Target, bool IsFitting)>(rows.Schema.Count);
        for (var i = 0; i < rows.Schema.Count; i++)
        {
            // ColumnMatch has checked that no row has a column that the table cannot take.
            if (match[i] is not { } target) continue;
            var source = rows.Column(i);
            columns.Add((source, target, FittingColumn.IsFitting(source, target)));
        }

        return columns.Count == 0 ? Failed(errors) : Convert(columns, errors);
    }

    private static bool IsFitting(RowBlock rows, ColumnMatch match)
    {
        for (var i = 0; i < rows.Schema.Count; i++)
        {
            if (match[i] is not { } target || !FittingColumn.IsFitting(rows.Column(i), target)) return false;
        }

        return true;
    }

    private static BindResult Convert(List<(Column Source, WarehouseColumn Target, bool IsFitting)> columns, List<RowError> errors)
    {
        var schema = new RowSchema([.. columns.Select(static c => (c.Target.Name, c.IsFitting ? c.Source.Type : c.Target.WireType))]);
        var builder = new RowBlockBuilder(schema);
        var mayTakeBytes = RowBlock.MaxBytes - builder.SizeBytes;
        for (var i = 0; i < columns.Count; i++)
        {
            var (source, target, isFitting) = columns[i];
            if (isFitting) Copy(source, builder[i]);
            else if (!ColumnConversion.Run(source, target, builder[i], mayTakeBytes, errors)) return BindResult.Failed(TooLarge);
            mayTakeBytes -= builder[i].SizeBytes;
            if (mayTakeBytes < 0) return BindResult.Failed(TooLarge);
        }

        return errors.Count == 0 ? BindResult.Of(builder.Build()) : Failed(errors);
    }

    private static void Copy(in Column source, ColumnBuilder into)
    {
        for (var row = 0; row < source.RowCount; row++) into.AppendFrom(source, row);
    }

    private static BindResult Failed(List<RowError> errors) => BindResult.Failed([.. errors.OrderBy(static e => e.Row).Take(MaxErrors)]);
}
