using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using CsCheck;

namespace Coordinator.Tests.Binding;

/// <summary>Properties that hold for all values. A failure prints its seed; CsCheck_Seed in the environment replays it.</summary>
public sealed class RowBinderProperties
{
    private static readonly Gen<WarehouseType> Types = Gen.Enum<WarehouseType>();
    private static readonly Gen<char> Digits = Gen.Char["0123456789"];

    /// <summary>Numbers, documents and strings, most of them broken.</summary>
    private static readonly Gen<char[]> Tokens = Gen.OneOf(
        Gen.Char["0123456789.eE+-"].Array[1, 8],
        Gen.Char["truefalsn0-1\"\\u{}[],: "].Array[1, 8],
        Gen.Char["a\"\\un0\t é"].Array[0, 6].Select(static c => (char[])['"', .. c, '"']));

    [Fact]
    public void Any_text_is_bound_or_refused_by_row_and_the_error_does_not_contain_it() =>
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
    public void Decimals_fit_exactly_when_no_digit_is_lost() =>
        Gen.Select(Gen.Decimal, Gen.Int[0, 10], Gen.Int[0, 18]).Sample((value, scale, whole) =>
    {
        var target = Block.Target(WarehouseType.Decimal) with { Precision = Math.Max(1, whole + scale), Scale = scale };
        var limit = decimal.Parse("1" + new string('0', target.Precision!.Value - scale), CultureInfo.InvariantCulture);
        foreach (var exact in new[] { value, Math.Round(value, scale) })
        {
            var bound = RowBinder.Bind(Block.Of(ColumnType.Decimal, exact), Block.Table(target));
            Assert.Equal(Math.Abs(exact) < limit && Math.Round(exact, scale) == exact, bound.Fits);
            if (bound.Rows is { } rows) Assert.Equal(exact, decimal.Parse(Block.Show(rows.Column(0))!, CultureInfo.InvariantCulture));
        }
    });

    [Fact]
    public void Numbers_of_any_length_are_what_they_were_written() =>
        Gen.Select(Gen.Bool, Digits.Array[1, 60], Digits.Array[0, 60], Gen.Int[-70, 70]).Sample((isNegative, whole, fraction, exponent) =>
        {
            var text = $"{(isNegative ? "-" : "")}{new string(whole)}{(fraction.Length > 0 ? "." : "")}{new string(fraction)}e{exponent}";
            var bound = Block.Show(RowBinder.Bind(Block.Of(ColumnType.Text, text), Block.Table(WarehouseType.Decimal)).Rows!.Column(0))!;
            Assert.Equal(Fraction(text), Fraction(bound));
            Assert.Matches("^(-?(0|[1-9][0-9]*)(\\.[0-9]+)?|-?[1-9][0-9]*e-?[0-9]+)$", bound);
        });

    [Fact]
    public void What_a_strict_reader_of_json_takes_is_taken_and_nothing_else() =>
        Tokens.Sample(letters =>
        {
            var token = new string(letters);
            Assert.Equal(IsJson(token), RowBinder.Bind(Block.Of(ColumnType.Json, token), Block.Table(WarehouseType.Text)).Fits);
        });

    private static bool IsJson(string token)
    {
        try
        {
            using var document = JsonDocument.Parse(token);
            return document.RootElement.ValueKind != JsonValueKind.String
                || !document.RootElement.GetString()!.Contains('\0', StringComparison.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A number as an integer in units of 1e-200.</summary>
    private static BigInteger Fraction(string text)
    {
        var parts = text.Split('e');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : parts[0].Length - point - 1;
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        return BigInteger.Parse(digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, 200 + exponent - scale);
    }

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
                // The block itself refused the value.
            }
        });

    private static Column Through(ColumnType type, object value, WarehouseType first, WarehouseType second)
    {
        var text = RowBinder.Bind(Block.Of(type, value), Block.Table(first)).Rows!;
        return RowBinder.Bind(text, Block.Table(second)).Rows!.Column(0);
    }
}
