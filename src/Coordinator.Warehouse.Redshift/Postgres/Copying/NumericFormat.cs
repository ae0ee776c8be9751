using System.Buffers.Binary;

namespace Coordinator.Warehouse.Redshift.Postgres.Copying;

/// <summary>PostgreSQL's binary numeric: counts, then digits of base 10,000, the most significant first, aligned at the point.</summary>
internal static class NumericFormat
{
    /// <summary>No decimal is longer: header and up to nine groups.</summary>
    public const int MaxBytes = 8 + 2 * 9;

    private const int GroupBase = 10_000;
    private const int GroupDigits = 4;
    private const ushort Negative = 0x4000;

    /// <summary>Writes a value and answers how many bytes it took.</summary>
    public static int Write(decimal value, Span<byte> target)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        // The last group is filled up with zeros, so that groups end at the point.
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
}
