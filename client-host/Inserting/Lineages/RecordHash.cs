using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>
/// What a record's text is recognised by: the first 16 bytes of its SHA-256, as a number. Records that stand together are recognised by the sum, so
/// that any stretch of a file is compared with any committed range by one subtraction. A sum does not see the order of its records, which no table
/// keeps either.
/// </summary>
internal static class RecordHash
{
    /// <summary>Of a record's text.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> record)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(record, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>A sum as the ledger keeps it.</summary>
    public static Guid ToContent(UInt128 sum)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, sum);
        var content = new Guid(bytes, bigEndian: true);
        // Empty means unknown to the ledger.
        return content == Guid.Empty ? Guid.AllBitsSet : content;
    }
}
