using System.IO.Hashing;
using System.Text;

namespace Coordinator.Memcached.Protocol;

/// <summary>
/// Values that were read lately, so that a value read again and again is one string. A lock's value changes only with its owner: what renewals read is
/// here already. At most 4,096 values of 250 bytes are kept.
/// </summary>
internal sealed class ValueCache
{
    // One place a hash would not do: of 256 values, a dozen would drive each other out for ever.
    private const int Ways = 4;
    private const int Sets = 1024;

    private readonly string?[] _values = new string?[Sets * Ways];

    /// <summary>The bytes as text.</summary>
    public string Get(ReadOnlySpan<byte> bytes)
    {
        // What is longer is not ours; keeping it would make the bound on memory a hundred times larger.
        if (bytes.Length > Wire.MaxValueBytes) return Encoding.Latin1.GetString(bytes);
        var set = _values.AsSpan((int)(XxHash3.HashToUInt64(bytes) % Sets) * Ways, Ways);
        foreach (var known in set)
        {
            if (known is not null && Ascii.Equals(bytes, known)) return known;
        }

        set[..^1].CopyTo(set[1..]);
        return set[0] = Encoding.Latin1.GetString(bytes);
    }
}
