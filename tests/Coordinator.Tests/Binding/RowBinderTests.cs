using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Tests.Binding;

public sealed class RowBinderTests
{
    [Fact]
    public void A_block_that_fits_is_returned_as_it_is()
    {
        var rows = Block.Of(ColumnType.Text, "a", null, "b");
        Assert.Same(rows, RowBinder.Bind(rows, Block.Table(WarehouseType.Text)).Rows);
    }

    [Fact]
    public void An_unknown_column_is_named_with_the_nearest()
    {
        var table = new TableSchema(Some.Table,
            [Block.Target(WarehouseType.Text) with { Name = "price" }, Block.Target(WarehouseType.Text) with { Name = "name" }]);
        var rows = new RowBlockBuilder(new RowSchema(("prise", ColumnType.Text))).Build();
        var error = Assert.Single(RowBinder.Bind(rows, table).Errors);
        Assert.Equal((0, "prise"), (error.Row, error.Column));
        Assert.Contains("Did you mean price?", error.Reason, StringComparison.Ordinal);
        Assert.Contains("public.events", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_must_be_there_is_missed_unless_it_has_a_default()
    {
        var table = new TableSchema(Some.Table,
        [
            Block.Target(WarehouseType.Text), Block.Target(WarehouseType.Int32) with { Name = "must", IsNullable = false },
            Block.Target(WarehouseType.Int32) with { Name = "may", IsNullable = false, HasDefault = true },
        ]);
        var error = Assert.Single(RowBinder.Bind(Block.Of(ColumnType.Text, "a"), table).Errors);
        Assert.Equal((0, "must"), (error.Row, error.Column));
    }

    [Fact]
    public void A_column_that_cannot_be_written_says_why()
    {
        var target = Block.Target(WarehouseType.Text) with { Unwritable = "is generated always" };
        var error = Assert.Single(RowBinder.Bind(Block.Of(ColumnType.Text, "a"), new TableSchema(Some.Table, [target])).Errors);
        Assert.Contains("is generated always", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_that_never_fit_are_refused_before_any_row()
    {
        var error = Assert.Single(RowBinder.Bind(Block.Of(ColumnType.Uuid, Guid.Empty, Guid.Empty), Block.Table(WarehouseType.Int32)).Errors);
        Assert.Equal((0, "c"), (error.Row, error.Column));
        Assert.Contains("Uuid", error.Reason, StringComparison.Ordinal);
        Assert.Contains("int32", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_in_a_not_null_column_is_an_error_of_its_row()
    {
        var error = Assert.Single(
            RowBinder.Bind(Block.Of(ColumnType.Int64, 1L, null), Block.Table(Block.Target(WarehouseType.Int64) with { IsNullable = false })).Errors);
        Assert.Equal((2, "c"), (error.Row, error.Column));
    }

    [Fact]
    public void A_json_null_is_a_null()
    {
        Assert.True(Block.Only(Bound(WarehouseType.Int64, ColumnType.Json, "null")).IsNull(0));
        Assert.False(RowBinder.Bind(Block.Of(ColumnType.Json, "null"),
            Block.Table(Block.Target(WarehouseType.Text) with { IsNullable = false })).Fits);
    }

    [Fact]
    public void A_decimal_that_fits_passes_as_it_is_also_beside_a_column_that_is_converted()
    {
        var rows = new RowBlockBuilder(new RowSchema(("d", ColumnType.Decimal), ("t", ColumnType.Text)));
        rows[0].Append(1.50m);
        rows[1].Append("7");
        var money = Block.Target(WarehouseType.Decimal) with { Name = "d", Precision = 10, Scale = 2 };
        var same = rows.Build();
        Assert.Same(same, RowBinder.Bind(same, new TableSchema(Some.Table, [money, Block.Target(WarehouseType.Text) with { Name = "t" }])).Rows);
        var bound = RowBinder.Bind(same, new TableSchema(Some.Table, [money, Block.Target(WarehouseType.Int32) with { Name = "t" }])).Rows!;
        Assert.Equal([ColumnType.Decimal, ColumnType.Int64], bound.Schema.Types);
        Assert.Equal((1.50m, 7L), (bound.Column(0).Decimal(0), bound.Column(1).Int64(0)));
    }

    [Fact]
    public void A_few_bytes_sent_are_never_megabytes_kept()
    {
        var sent = Block.Of(ColumnType.Json, [.. Enumerable.Repeat<object>("1e131071", 1000)]);
        Assert.InRange(RowBinder.Bind(sent, Block.Table(WarehouseType.Decimal)).Rows!.SizeBytes, 1, 20_000);
    }

    [Fact]
    public void Rows_that_are_too_large_in_the_types_of_the_table_are_an_error_and_no_exception()
    {
        var target = Block.Target(WarehouseType.Decimal) with { Precision = 1000, Scale = 1000 };
        var rows = Block.Of(ColumnType.Json, [.. Enumerable.Repeat<object>("1e-999", 100_000)]);
        var error = Assert.Single(RowBinder.Bind(rows, Block.Table(target)).Errors);
        Assert.Equal((0, ""), (error.Row, error.Column));
        Assert.Contains("Send fewer rows", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_come_in_the_order_of_rows_and_at_most_a_hundred()
    {
        var table = new TableSchema(Some.Table,
            [Block.Target(WarehouseType.Int32) with { Name = "a" }, Block.Target(WarehouseType.Int32) with { Name = "b" }]);
        var rows = new RowBlockBuilder(new RowSchema(("a", ColumnType.Text), ("b", ColumnType.Text)));
        for (var i = 0; i < 200; i++)
        {
            rows[0].Append("x");
            rows[1].Append("y");
        }

        var errors = RowBinder.Bind(rows.Build(), table).Errors;
        Assert.Equal(100, errors.Count);
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => 1L + i / 2)], errors.Select(e => e.Row));
        Assert.Equal("b", errors[1].Column);
    }

    [Fact]
    public void A_row_too_large_is_named_and_its_neighbours_are_not()
    {
        var errors = RowBinder.Bind(Block.Of(ColumnType.Text, "a", new string('x', RowBlock.MaxRowBytes + 1), "b"),
            Block.Table(WarehouseType.Text)).Errors;
        Assert.Equal(2, Assert.Single(errors).Row);
    }

    [Fact]
    public void Bits_that_are_no_value_are_an_error_of_the_intent()
    {
        var payload = Block.Of(ColumnType.Timestamp, new DateTime(2026, 1, 1)).Payload.ToArray();
        payload.AsSpan(payload.Length - 8).Fill(0xFF);
        Assert.Equal(0, Assert.Single(RowBinder.Bind(RowBlock.FromPayload(payload), Block.Table(WarehouseType.Timestamp)).Errors).Row);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0 }, "U+0000")]
    [InlineData(new byte[] { 0xC3 }, "UTF-8")]
    public void Text_that_warehouses_refuse_is_refused(byte[] text, string expected)
    {
        var rows = new RowBlockBuilder(new RowSchema(("c", ColumnType.Text)));
        rows[0].Append("fine");
        rows[0].Append(text);
        var error = Assert.Single(RowBinder.Bind(rows.Build(), Block.Table(WarehouseType.Text)).Errors);
        Assert.Equal(2, error.Row);
        Assert.Contains(expected, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_halves_of_a_character_are_not_valid_because_they_touch()
    {
        var rows = new RowBlockBuilder(new RowSchema(("c", ColumnType.Text)));
        rows[0].Append([0xC3]);
        rows[0].Append([0xA9]);
        Assert.Equal([1L, 2L], RowBinder.Bind(rows.Build(), Block.Table(WarehouseType.Text)).Errors.Select(e => e.Row));
    }

    [Theory]
    [InlineData(LengthUnit.Characters, "äöü", true)]
    [InlineData(LengthUnit.Characters, "😀😀😀", true)]
    [InlineData(LengthUnit.Characters, "abcd", false)]
    [InlineData(LengthUnit.Bytes, "äö", false)]
    [InlineData(LengthUnit.Bytes, "äo", true)]
    public void Length_is_counted_as_the_warehouse_does(LengthUnit unit, string text, bool fits) =>
        Assert.Equal(fits, RowBinder.Bind(
            Block.Of(ColumnType.Text, text), Block.Table(Block.Target(WarehouseType.Text) with { MaxLength = 3, LengthUnit = unit })).Fits);

    private static RowBlock Bound(WarehouseType to, ColumnType from, object value)
    {
        var bound = RowBinder.Bind(Block.Of(from, value), Block.Table(to));
        Assert.Empty(bound.Errors);
        return bound.Rows!;
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("fünf", false)]
    [InlineData("€", false)]
    public void A_column_of_one_byte_characters_takes_no_others(string text, bool fits)
    {
        var bound = RowBinder.Bind(
            Block.Of(ColumnType.Text, text),
            Block.Table(Block.Target(WarehouseType.Text) with { MaxLength = 9, LengthUnit = LengthUnit.Bytes, IsSingleByte = true }));
        Assert.Equal(fits, bound.Fits);
        if (!fits) Assert.Contains("characters of one byte", bound.Errors[0].Reason, StringComparison.Ordinal);
    }
}
