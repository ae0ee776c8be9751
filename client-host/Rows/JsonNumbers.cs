using System.Buffers.Text;

namespace Coordinator.ClientHost.Rows;

/// <summary>Which type holds a JSON number without changing it.</summary>
internal static class JsonNumbers
{
    private const int DecimalDigits = 28;
    private const long LargestExactDouble = 1L << 53;

    public static JsonKinds KindOf(ReadOnlySpan<byte> number)
    {
        if (Utf8Parser.TryParse(number, out long integer, out var used) && used == number.Length)
            return integer is > LargestExactDouble or < -LargestExactDouble ? JsonKinds.Integer | JsonKinds.LargeInteger : JsonKinds.Integer;
        if (IsExactDecimal(number)) return JsonKinds.Fraction;
        return double.IsFinite(ToDouble(number)) ? JsonKinds.Inexact : JsonKinds.Beyond;
    }

    public static double ToDouble(ReadOnlySpan<byte> number) => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    public static decimal ToDecimal(ReadOnlySpan<byte> number) =>
        decimal.Parse(number, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>True if significant digits, digits before the point and digits after it are all within what a decimal has.</summary>
    private static bool IsExactDecimal(ReadOnlySpan<byte> number)
    {
        var digits = 0;
        var trailingZeros = 0;
        var scale = 0;
        var afterPoint = false;
        var at = 0;
        for (; at < number.Length; at++)
        {
            var c = number[at];
            if (c == '-') continue;
            if (c == '.') afterPoint = true;
            else if (c is (byte)'e' or (byte)'E') break;
            else
            {
                if (afterPoint) scale++;
                if (digits > 0 || c != '0') digits++;
                trailingZeros = c == '0' ? trailingZeros + 1 : 0;
            }
        }

        if (digits == 0) return true;
        long exponent = 0;
        if (at < number.Length)
        {
            var text = number[(at + 1)..];
            if (text[0] == '+') text = text[1..];
            if (text.Length > 6 || !Utf8Parser.TryParse(text, out exponent, out var used) || used != text.Length) return false;
        }

        trailingZeros = Math.Min(trailingZeros, digits - 1);
        var significant = digits - trailingZeros;
        var places = scale - trailingZeros - exponent;
        return significant <= DecimalDigits && places <= DecimalDigits && significant - places <= DecimalDigits;
    }
}
