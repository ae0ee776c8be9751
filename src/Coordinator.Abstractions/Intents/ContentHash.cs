using System.Security.Cryptography;
using Coordinator.Rows;

namespace Coordinator.Intents;

/// <summary>Says whether an id that comes again names the same content: the first 16 bytes of a SHA-256, as a version 8 UUID. Never empty.</summary>
public static class ContentHash
{
    /// <summary>Of rows as they travel.</summary>
    public static Guid Of(RowBlock rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Of(rows.Payload.Span);
    }

    /// <summary>Of bytes.</summary>
    public static Guid Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return IntentId.OriginOf(hash);
    }
}
