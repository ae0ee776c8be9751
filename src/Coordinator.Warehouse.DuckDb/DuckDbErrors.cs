using System.Text.RegularExpressions;
using Coordinator.Core.Warehouses;
using DuckDB.NET.Data;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>What DuckDB's failures mean, as data. Seen with DuckDB 1.5 through DuckDB.NET 1.5.6.</summary>
internal static partial class DuckDbErrors
{
    /// <summary>By the words before <c>Error:</c>. The error type is not enough: it is <c>Invalid</c> for everything found while preparing.</summary>
    private static readonly Dictionary<string, FailureKind> Kinds = new(StringComparer.Ordinal)
    {
        ["TransactionContext"] = FailureKind.Conflict,
        ["IO"] = FailureKind.Unavailable,
        ["FATAL"] = FailureKind.Unavailable,
        ["INTERNAL"] = FailureKind.Unavailable,
        ["Connection"] = FailureKind.Unavailable,
        ["Out of Memory"] = FailureKind.Unavailable,
    };

    /// <summary>Errors whose text quotes values of rows.</summary>
    private static readonly string[] Quoting = ["Constraint", "Conversion", "Out of Range", "Invalid Input"];

    /// <summary>The failure as callers know it; null for what is none of DuckDB's.</summary>
    public static WarehouseException? Translate(Exception error) => error switch
    {
        DuckDBException e => Translated(e),
        OverflowException => new WarehouseException(FailureKind.Rejected, "A number does not fit its column: use fewer digits, or widen the column.", error),
        _ => null,
    };

    /// <summary>A failed COMMIT: rolled back if DuckDB says why, else nobody knows before the ledger is asked.</summary>
    public static WarehouseException OfCommit(DuckDBException error)
    {
        var translated = Translated(error);
        return translated.Kind is FailureKind.Unavailable ? new WarehouseException(FailureKind.Unknown, translated.Message, error) : translated;
    }

    private static WarehouseException Translated(DuckDBException error)
    {
        var tier = Tier().Match(error.Message) is { Success: true } match ? match.Groups[1].Value : error.ErrorType.ToString();
        var kind = Kinds.GetValueOrDefault(tier, FailureKind.Rejected);
        var line = error.Message.Split('\n')[0].TrimEnd();
        // A duplicate key first seen at COMMIT is called a transaction error; the next try meets it as what it is.
        if (Quoting.Contains(tier, StringComparer.Ordinal) || kind is FailureKind.Conflict) line = Values().Replace(line, "…");
        var column = NotNull().Match(line) is { Success: true } notNull ? notNull.Groups[1].Value : "";
        return new WarehouseException(kind, line, error) { Column = column };
    }

    [GeneratedRegex(@"(?:^|: )([A-Za-z][A-Za-z ]*?) Error: ")]
    private static partial Regex Tier();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|(?<=(?:addition|subtraction|multiplication|division) of \\w+ )\\(.*\\)|(?<=with value ).*?(?= can't)|Input: .*")]
    private static partial Regex Values();

    [GeneratedRegex(@"NOT NULL constraint failed: [^.]+\.(.+)$")]
    private static partial Regex NotNull();
}
