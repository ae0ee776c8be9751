using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Tests.Binding;

/// <summary>An absent value takes the column's default; a null is null.</summary>
public sealed class AbsentValuesTests
{
    private static readonly WarehouseColumn Id = Block.Target(WarehouseType.Int64) with { Name = "id", IsNullable = false };

    [Fact]
    public void With_a_default_what_is_absent_stays_absent()
    {
        var rows = Bound(Block.Target(WarehouseType.Int32) with { HasDefault = true }, "5", "null", null);
        Assert.Equal("5", Block.Show(rows, 0));
        Assert.True(rows.IsNull(1) && !rows.IsAbsent(1));
        Assert.True(rows.IsAbsent(2));
    }

    [Fact]
    public void Without_a_default_what_is_absent_is_null()
    {
        var rows = Bound(Block.Target(WarehouseType.Int32), "5", null);
        Assert.True(rows.IsNull(1) && !rows.IsAbsent(1));
    }

    [Fact]
    public void Not_null_without_default_refuses_what_is_absent_by_row_and_column()
    {
        var error = Assert.Single(Bind(Block.Target(WarehouseType.Int32) with { IsNullable = false }, "5", null).Errors);
        Assert.Equal((2, "c"), (error.Row, error.Column));
        Assert.StartsWith("left out, but int32 NOT NULL", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explicit_null_is_refused_by_not_null_although_there_is_a_default()
    {
        var target = Block.Target(WarehouseType.Int32) with { IsNullable = false, HasDefault = true };
        var error = Assert.Single(Bind(target, null, "null", "5").Errors);
        Assert.Equal((2, "c"), (error.Row, error.Column));
        Assert.StartsWith("null does not fit", error.Reason, StringComparison.Ordinal);
        Assert.True(Bind(target, null, "5").Fits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Typed_columns_keep_what_is_absent_too(bool hasDefault)
    {
        var block = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("c", ColumnType.Int64)));
        block[0].Append(1L);
        block[0].Append(2L);
        block[1].AppendAbsent();
        block[1].Append(7L);
        var rows = block.Build();
        var target = Block.Target(WarehouseType.Int64) with { HasDefault = hasDefault, IsNullable = !hasDefault };
        var bound = RowBinder.Bind(rows, new TableSchema(Some.Table, [Id, target])).Rows!;
        Assert.Equal(hasDefault, ReferenceEquals(rows, bound));
        Assert.Equal((hasDefault, true), (bound.Column(1).IsAbsent(0), bound.Column(1).IsNull(0)));
        Assert.Equal((1L, 7L), (bound.Column(0).Int64(0), bound.Column(1).Int64(1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("is generated always")]
    public void A_column_that_cannot_be_written_is_named_with_the_first_row_that_has_it(string? unwritable)
    {
        TableSchema table = new(Some.Table, unwritable is null ? [Id] : [Id, Block.Target(WarehouseType.Text) with { Unwritable = unwritable }]);
        var error = Assert.Single(RowBinder.Bind(Rows(null, null, "1", "2"), table).Errors);
        Assert.Equal((3, "c"), (error.Row, error.Column));
        Assert.Equal(0, Assert.Single(RowBinder.Bind(Rows("1", "2"), table).Errors).Row);
        var bound = RowBinder.Bind(Rows(null, null), table).Rows!;
        Assert.Equal(["id"], bound.Schema.Names);
    }

    [Fact]
    public void A_row_without_any_column_is_refused()
    {
        var block = new RowBlockBuilder(new RowSchema(("c", ColumnType.Json)));
        block[0].Append("1");
        block[0].AppendAbsent();
        var error = Assert.Single(RowBinder.Bind(block.Build(), Block.Table(WarehouseType.Int32)).Errors);
        Assert.Equal((2, ""), (error.Row, error.Column));
    }

    private static Column Bound(WarehouseColumn target, params string?[] values)
    {
        var bound = Bind(target, values);
        Assert.Empty(bound.Errors);
        return bound.Rows!.Column(1);
    }

    private static BindResult Bind(WarehouseColumn target, params string?[] values) =>
        RowBinder.Bind(Rows(values), new TableSchema(Some.Table, [Id, target]));

    private static RowBlock Rows(params string?[] values)
    {
        var block = new RowBlockBuilder(new RowSchema(("id", ColumnType.Json), ("c", ColumnType.Json)));
        for (var i = 0; i < values.Length; i++)
        {
            block[0].Append($"{i}");
            if (values[i] is { } value) block[1].Append(value);
            else block[1].AppendAbsent();
        }

        return block.Build();
    }
}
