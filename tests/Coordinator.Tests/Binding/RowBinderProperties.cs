using System.Globalization;
using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Rows;
using CsCheck;

namespace Coordinator.Tests.Binding;

/// <summary>What holds for all values. A failure prints its seed; CsCheck_Seed in the environment replays it.</summary>
public sealed class RowBinderProperties
{
    private static readonly Gen<WarehouseType> Types = Gen.Enum<WarehouseType>();

    [Fact]
    public void Whatever_the_text_it_is_bound_or_blamed_on_its_row_without_being_told() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 12, 40].Array[1, 20], Types).Sample((texts, type) =>
        {
            var bound = RowBinder.Bind(Block.Of(ColumnType.Text, texts), Block.Table(type));
            Assert.Equal(bound.Fits, bound.Errors.Count == 0);
            Assert.Equal(bound.Errors.Select(e => e.Row).Order(), bound.Errors.Select(e => e.Row));
            Assert.All(bound.Errors, e => Assert.DoesNotContain(texts[e.Row - 1], e.Reason, StringComparison.Ordinal));
            if (bound.Rows is { } rows) Assert.Equal((texts.Length, Block.Target(type).WireType), (rows.RowCount, rows.Schema.Types[0]));
        });

    [Fact]
    public void Numbers_survive_the_way_through_text() => Gen.Long.Sample(value =>
        Assert.Equal(value, Through(ColumnType.Int64, value, WarehouseType.Text, WarehouseType.Int64).Int64(0)));

    [Fact]
    public void Doubles_survive_the_way_through_text() => Gen.Double.Sample(value =>
        Assert.Equal(value, Through(ColumnType.Double, value, WarehouseType.Text, WarehouseType.Float64).Double(0)));

    [Fact]
    public void Times_survive_the_way_through_text() => Gen.DateTime.Sample(value =>
        Assert.Equal(value.Ticks, Through(ColumnType.TimestampTz, value, WarehouseType.Text, WarehouseType.TimestampTz).TimestampTz(0).Ticks));

    [Fact]
    public void Decimals_fit_exactly_when_their_rounded_value_does() => Gen.Select(Gen.Decimal, Gen.Int[0, 10], Gen.Int[0, 18]).Sample((value, scale, whole) =>
    {
        var target = Block.Target(WarehouseType.Decimal) with { Precision = Math.Max(1, whole + scale), Scale = scale };
        var bound = RowBinder.Bind(Block.Of(ColumnType.Decimal, value), Block.Table(target));
        var rounded = Math.Round(value, scale, MidpointRounding.AwayFromZero);
        var limit = decimal.Parse("1" + new string('0', target.Precision!.Value - scale), CultureInfo.InvariantCulture);
        Assert.Equal(Math.Abs(rounded) < limit, bound.Fits);
        if (bound.Rows is { } rows) Assert.Equal(rounded, rows.Column(0).Decimal(0));
    });

    [Fact]
    public void Damaged_blocks_are_refused_and_never_crash() =>
        Gen.Select(Gen.Enum<ColumnType>(), Types, Gen.Int[0, 200].Select(Gen.Byte).Array[1, 8]).Sample((from, to, damage) =>
        {
            var rows = new RowBlockBuilder(new RowSchema(("c", from)));
            for (var i = 0; i < 4; i++) rows[0].AppendNull();
            var payload = rows.Build().Payload.ToArray();
            foreach (var (at, value) in damage) payload[at % payload.Length] = value;
            try
            {
                _ = RowBinder.Bind(RowBlock.FromPayload(payload), Block.Table(to));
            }
            catch (InvalidRowsException)
            {
                // The block itself refused.
            }
        });

    private static Column Through(ColumnType type, object value, WarehouseType first, WarehouseType second)
    {
        var text = RowBinder.Bind(Block.Of(type, value), Block.Table(first)).Rows!;
        return RowBinder.Bind(text, Block.Table(second)).Rows!.Column(0);
    }
}
