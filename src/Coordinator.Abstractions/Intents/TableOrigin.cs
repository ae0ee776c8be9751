using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Coordinator.Tables;

namespace Coordinator.Intents;

/// <summary>Origins that tell their table, so that an intent is looked up in one ledger and not in all of them. Such an origin is a version 8
/// UUID (RFC 9562): 32 bits of the SHA-256 of the table's name, 8 bits that check them, and 82 random ones.</summary>
public static class TableOrigin
{
    private const byte Check = 0x5C;

    /// <summary>A new origin for a writer of one table.</summary>
    public static Guid New(TableName table)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var mark = MarkOf(table);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, mark);
        bytes[4] = CheckOf(mark);
        return IntentId.OriginOf(bytes);
    }

    /// <summary>The mark of the origin's table, or null for an origin that was made otherwise. One in 256 of those looks as if it had a mark,
    /// and two tables can have the same.</summary>
    public static uint? MarkOf(Guid origin)
    {
        Span<byte> bytes = stackalloc byte[16];
        origin.TryWriteBytes(bytes, bigEndian: true, out _);
        var mark = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return origin.Version == 8 && bytes[4] == CheckOf(mark) ? mark : null;
    }

    /// <summary>The mark in the origins of a table's writers.</summary>
    public static uint MarkOf(TableName table) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(table.ToString())));

    private static byte CheckOf(uint mark) => (byte)((mark >> 24) ^ (mark >> 16) ^ (mark >> 8) ^ mark ^ Check);
}
