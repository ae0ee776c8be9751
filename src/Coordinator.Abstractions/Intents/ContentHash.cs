using System.Security.Cryptography;
using Coordinator.Rows;

namespace Coordinator.Intents;

/// <summary>Identifies the content of an intent, to detect other content under a known id: the first 16 bytes of a SHA-256, as a version 8 UUID.
/// Never empty.</summary>
public static class ContentHash
{
    /// <summary>The hash of encoded rows.</summary>
    public static Guid Of(RowBlock rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Of(rows.Payload.Span);
    }

    /// <summary>The hash of bytes.</summary>
    public static Guid Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return IntentId.OriginOf(hash);
    }
}
