using System.Security.Cryptography;
using System.Text;
using Coordinator.Tables;

namespace Coordinator.Core.Ledger;

/// <summary>The names of a table's ledger and fence: one side table per target table, so that unrelated tables never conflict in one.</summary>
public static class LedgerNames
{
    /// <summary>The schema of all side tables.</summary>
    public const string Schema = ProtectedSchemas.Ledgers;

    /// <summary>The column of a ledger for content hashes. Ledgers of earlier versions do not have it.</summary>
    public const string Content = "content";

    /// <summary>The beginning of a ledger's comment; the target's canonical name follows, because the ledger's own name may be
    /// shortened.</summary>
    public const string CommentPrefix = "ledger of ";

    /// <summary>The maximum length of an identifier in PostgreSQL, in bytes.</summary>
    private const int MaxBytes = 63;

    private const string FenceSuffix = "#fence";

    /// <summary>The ledger: <c>coordinator."schema.table"</c>. A shortened name ends in a hash.</summary>
    public static TableName Ledger(TableName table) => new(Schema, Short(table.ToString(), ""));

    /// <summary>The fence: a table with one row that every transaction of the target table updates, so that the second of two overlapping ones
    /// fails.</summary>
    public static TableName Fence(TableName table) => new(Schema, Short(table.ToString(), FenceSuffix));

    private static string Short(string name, string suffix)
    {
        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes + suffix.Length <= MaxBytes) return name + suffix;
        var hash = "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
        while (Encoding.UTF8.GetByteCount(name) + hash.Length + FenceSuffix.Length > MaxBytes) name = name[..^1];
        if (char.IsHighSurrogate(name[^1])) name = name[..^1];
        return name + hash + suffix;
    }
}
