using System.IO.Hashing;
using System.Text;

namespace Coordinator.Memcached;

/// <summary>
/// Values that were read lately, so that a value read again and again is one string. A lock's value changes only with its owner: what renewals read is
/// here already.
/// </summary>
internal sealed class ValueCache
{
    private const int Slots = 4096;

    private readonly string?[] _values = new string?[Slots];

    /// <summary>The bytes as text.</summary>
    public string Get(ReadOnlySpan<byte> bytes)
    {
        // What is longer is not ours; keeping it would make the bound on memory a hundred times larger.
        if (bytes.Length > Wire.MaxValueBytes) return Encoding.Latin1.GetString(bytes);
        ref var slot = ref _values[XxHash3.HashToUInt64(bytes) % Slots];
        if (slot is { } known && Ascii.Equals(bytes, known)) return known;
        return slot = Encoding.Latin1.GetString(bytes);
    }
}
