using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Coordinator.Files.Lineages;

/// <summary>The hash of a record's text: the first 16 bytes of its SHA-256, as a number. Consecutive records are identified by their sum, so
/// that any part of a file is compared with any committed range by one subtraction. A sum ignores the order of its records, which a table does
/// not keep either.</summary>
internal static class RecordHash
{
    /// <summary>The hash of a record's text.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> record)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(record, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>A sum in the form of the ledger.</summary>
    public static Guid ToContent(UInt128 sum)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, sum);
        var content = new Guid(bytes, bigEndian: true);
        // Empty means unknown in the ledger.
        return content == Guid.Empty ? Guid.AllBitsSet : content;
    }
}
