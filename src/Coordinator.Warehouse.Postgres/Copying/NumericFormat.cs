using System.Buffers.Binary;
using Coordinator.Core.Binding;

namespace Coordinator.Warehouse.Postgres.Copying;

/// <summary>PostgreSQL's binary numeric: counts, then base-10,000 digits, most significant first, aligned at the decimal point.</summary>
/// <remarks>131,072 digits before the point and 16,383 after it: https://www.postgresql.org/docs/15/datatype-numeric.html</remarks>
internal static class NumericFormat
{
    /// <summary>The maximum size of a decimal: header and up to nine groups.</summary>
    public const int MaxBytes = 8 + 2 * 9;

    // The format cannot express larger values.
    private const int MaxWeight = short.MaxValue;
    private const int MaxScale = 0x3FFF;

    // An invalid scale makes the server refuse the value with its row and column.
    private const ushort InvalidScale = 0xFFFF;

    private const int GroupBase = 10_000;
    private const int GroupDigits = 4;
    private const ushort Negative = 0x4000;

    /// <summary>Writes a value and returns its size in bytes.</summary>
    public static int Write(decimal value, Span<byte> target)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        // The last group is padded with zeros, so that groups are aligned at the point.
        for (var i = value.Scale; i % GroupDigits != 0; i++) mantissa *= 10;
        var groupsAfterPoint = (value.Scale + GroupDigits - 1) / GroupDigits;

        Span<short> groups = stackalloc short[9];
        var count = 0;
        for (; mantissa > ulong.MaxValue; mantissa /= GroupBase) groups[count++] = (short)(ushort)(mantissa % GroupBase);
        for (var rest = (ulong)mantissa; rest > 0; rest /= GroupBase) groups[count++] = (short)(rest % GroupBase);
        var weight = count - groupsAfterPoint - 1;
        var trailing = 0;
        while (trailing < count && groups[trailing] == 0) trailing++;
        if (trailing == count) (count, trailing, weight) = (0, 0, 0);

        BinaryPrimitives.WriteInt16BigEndian(target, (short)(count - trailing));
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)weight);
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], bits[3] < 0 && count > 0 ? Negative : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(target[6..], value.Scale);
        var at = 8;
        for (var i = count - 1; i >= trailing; i--, at += 2) BinaryPrimitives.WriteInt16BigEndian(target[at..], groups[i]);
        return at;
    }

    /// <summary>Writes a number in text form, including trailing zeros after the point, and returns its size in bytes: at most
    /// <see cref="MaxBytes"/> plus the length of the text.</summary>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> target)
    {
        if (!ExactNumber.TryParse(text, out var number)) throw new InvalidOperationException("A number was not bound to a decimal column.");
        var digits = number.Count - number.TrailingZeros;
        // The powers of ten of the first digit and of the last non-zero digit, and their groups.
        var (first, last) = (number.Count - 1 - number.Scale, number.Count - digits - number.Scale);
        var (weight, lowest) = digits == 0 ? (0, 1) : (GroupOf(first), GroupOf(last));
        var isInvalid = weight > MaxWeight || number.Scale > MaxScale;
        if (isInvalid) (digits, weight, lowest) = (0, 0, 1);

        BinaryPrimitives.WriteInt16BigEndian(target, unchecked((short)(weight - lowest + 1)));
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)weight);
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], number.IsNegative ? Negative : (ushort)0);
        BinaryPrimitives.WriteUInt16BigEndian(target[6..], isInvalid ? InvalidScale : (ushort)Math.Max(0, number.Scale));
        var at = 8;
        for (var (i, group) = (0, weight); i < digits; group--, at += 2)
        {
            var value = 0;
            for (var power = group * GroupDigits + GroupDigits - 1; power >= group * GroupDigits; power--)
                value = value * 10 + (power <= first && i < digits ? number[i++] : 0);
            BinaryPrimitives.WriteInt16BigEndian(target[at..], (short)value);
        }

        return at;
    }

    /// <summary>The group of four digits that contains a power of ten: 0 for ones to thousands, -1 for the first group after the
    /// point.</summary>
    private static int GroupOf(int power) => power >= 0 ? power / GroupDigits : (power + 1) / GroupDigits - 1;
}
