using System.IO.Hashing;
using System.Text;

namespace Coordinator.Memcached.Protocol;

/// <summary>Recently read values, so that a value that is read repeatedly is one string. A lock's value changes only with its owner, so renewals
/// find it here. At most 4,096 values of 250 bytes are kept.</summary>
internal sealed class ValueCache
{
    // One slot per hash would not be enough: of 256 values, a dozen would replace each other forever.
    private const int Ways = 4;
    private const int Sets = 1024;

    private readonly string?[] _values = new string?[Sets * Ways];

    /// <summary>The bytes as text.</summary>
    public string Get(ReadOnlySpan<byte> bytes)
    {
        // A longer value is not a lock's. Caching it would make the memory limit a hundred times larger.
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
