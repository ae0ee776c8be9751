using System.Buffers;
using System.Buffers.Text;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Formats exact numbers: <c>[-]digits[.digits]</c> without leading zeros. If allowed, <c>[-]digits e [-]digits</c> replaces a longer
/// form of more than 100 characters, so that a few bytes on the wire cannot become megabytes in memory.</summary>
internal static class NumberText
{
    public const int LongestPlain = 100;

    private const int ExponentBytes = 12;

    /// <summary>Appends a number with <paramref name="scale"/> fractional digits; further ones must be zeros. Always returns null, because it
    /// refuses nothing.</summary>
    public static string? Append(ColumnBuilder into, in ExactNumber number, int scale, bool mayUseExponent)
    {
        var sign = number.IsNegative ? 1 : 0;
        var plain = sign + Math.Max(1, number.WholeDigits) + (scale > 0 ? 1 + scale : 0);
        var digits = Math.Max(0, scale > 0 ? number.WholeDigits + scale : number.Count - number.TrailingZeros);
        var isPlain = !mayUseExponent || plain <= LongestPlain || (number.Count > 0 && plain <= sign + digits + ExponentBytes);
        if (!isPlain && number.Count == 0) (plain, scale, isPlain) = (1, 0, true);
        var most = isPlain ? plain : sign + digits + ExponentBytes;
        var rented = most > 256 ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[256];
        var length = isPlain ? Plain(number, scale, bytes) : WithExponent(number, digits, bytes);
        into.Append(bytes[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return null;
    }

    private static int Plain(in ExactNumber number, int scale, Span<byte> into)
    {
        var at = 0;
        if (number.IsNegative) into[at++] = (byte)'-';
        var whole = number.WholeDigits;
        if (whole <= 0) into[at++] = (byte)'0';
        for (var i = 0; i < whole; i++) into[at++] = Digit(number, i);
        if (scale <= 0) return at;
        into[at++] = (byte)'.';
        for (var i = 0; i < scale; i++) into[at++] = Digit(number, whole + i);
        return at;
    }

    private static int WithExponent(in ExactNumber number, int digits, Span<byte> into)
    {
        var at = 0;
        if (number.IsNegative) into[at++] = (byte)'-';
        for (var i = 0; i < digits; i++) into[at++] = Digit(number, i);
        into[at++] = (byte)'e';
        _ = Utf8Formatter.TryFormat(number.WholeDigits - digits, into[at..], out var written);
        return at + written;
    }

    private static byte Digit(in ExactNumber number, int index) => index < 0 || index >= number.Count ? (byte)'0' : (byte)('0' + number[index]);
}
