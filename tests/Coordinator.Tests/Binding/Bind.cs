using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Tests.Binding;

/// <summary>Binds one value and compares the result.</summary>
internal static class Bind
{
    /// <summary>Binds a value alone and between two values that fit: the neighbours must be bound the same with and without it, and the value
    /// the same with and without them.</summary>
    /// <param name="from">The type of the value in the row block.</param>
    /// <param name="value">The value.</param>
    /// <param name="target">The column.</param>
    /// <param name="expected">The bound value as text; null if the value is refused by row and column.</param>
    public static void Check(ColumnType from, object value, WarehouseColumn target, string? expected)
    {
        var alone = RowBinder.Bind(Block.Of(from, value), Block.Table(target));
        if (expected is not null) Assert.Empty(alone.Errors);
        Assert.Equal(expected, alone.Rows is { } rows ? Block.Show(Block.Only(rows)) : null);
        var beside = RowBinder.Bind(Block.Of(from, null, value, null), Block.Table(target));
        Assert.Equal(expected, beside.Rows is { } more ? Block.Show(Block.Only(more), 1) : null);
        if (alone.Fits) return;
        Assert.Equal((1, "c"), (alone.Errors[0].Row, alone.Errors[0].Column));
        Assert.Equal((2, "c"), (beside.Errors[0].Row, beside.Errors[0].Column));
        Assert.Equal(alone.Errors[0].Reason, beside.Errors[0].Reason);
        Assert.Contains(from.ToString(), alone.Errors[0].Reason, StringComparison.Ordinal);
        Assert.Contains(target.TypeName, alone.Errors[0].Reason, StringComparison.Ordinal);
    }

    public static void Check(ColumnType from, object value, WarehouseType to, string? expected) => Check(from, value, Block.Target(to), expected);
}
