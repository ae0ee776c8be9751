using System.Text.RegularExpressions;
using Coordinator.Core.Warehouses;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>What DuckDB's failures mean, as data. Seen with DuckDB 1.5 through DuckDB.NET 1.5.6.</summary>
/// <remarks>
/// Everything that is not named here is a refusal: Binder, Catalog, Constraint, Conversion, Decimal, Dependency, Divide by Zero, Invalid Input, Invalid Type, Mismatch
/// Type, Not implemented, Out of Range, Parser, Permission, Serialization and Syntax errors would come again.
/// </remarks>
internal static partial class DuckDbErrors
{
    private const string CatalogTier = "CATALOG";

    /// <summary>By the words before <c>Error:</c>, without blanks and in capitals; for the appender's errors, which have no such words, by the error type.</summary>
    private static readonly Dictionary<string, FailureKind> Kinds = new(StringComparer.Ordinal)
    {
        ["TRANSACTIONCONTEXT"] = FailureKind.Conflict,
        ["TRANSACTION"] = FailureKind.Conflict,
        ["IO"] = FailureKind.Unavailable,
        ["FATAL"] = FailureKind.Unavailable,
        ["INTERNAL"] = FailureKind.Unavailable,
        ["CONNECTION"] = FailureKind.Unavailable,
        ["INTERRUPT"] = FailureKind.Unavailable,
        ["OUTOFMEMORY"] = FailureKind.Unavailable,
    };

    /// <summary>Errors whose text quotes values of rows.</summary>
    private static readonly string[] Quoting = ["CONSTRAINT", "CONVERSION", "OUTOFRANGE", "INVALIDINPUT"];

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

    /// <summary>True if something that was named is not there, or is something else. Found while binding, it leaves the transaction as it is.</summary>
    public static bool IsOfCatalog(DuckDBException error) => TierOf(error) == CatalogTier;

    /// <summary>True if an insert found no table where it was: dropped, renamed, or a view now. A missing function of a default is no such thing.</summary>
    public static bool IsMissingTable(DuckDBException error) => IsOfCatalog(error) && MissingTable().IsMatch(error.Message);

    private static WarehouseException Translated(DuckDBException error)
    {
        var tier = TierOf(error);
        var kind = Kinds.GetValueOrDefault(tier, FailureKind.Rejected);
        var line = error.Message.Split('\n')[0].TrimEnd();
        // A duplicate key first seen at COMMIT is called a transaction error; the next try meets it as what it is.
        if (Quoting.Contains(tier, StringComparer.Ordinal) || kind is FailureKind.Conflict) line = Values().Replace(line, "…");
        var column = NotNull().Match(line) is { Success: true } notNull ? notNull.Groups[1].Value : "";
        return new WarehouseException(kind, line, error) { Column = column };
    }

    /// <summary>The error type alone is not enough: it is <see cref="DuckDBErrorType.Invalid"/> for everything found while preparing.</summary>
    private static string TierOf(DuckDBException error)
    {
        var tier = Tier().Match(error.Message) is { Success: true } match ? match.Groups[1].Value : error.ErrorType.ToString();
        return tier.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
    }

    [GeneratedRegex(@"(?:^|: )([A-Za-z][A-Za-z ]*?) Error: ")]
    private static partial Regex Tier();

    [GeneratedRegex("^(?:Catalog Error: )?(?:Table with name .* does not exist|Table \".*\" could not be found|.* is not an table)")]
    private static partial Regex MissingTable();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|(?<=(?:addition|subtraction|multiplication|division) of \\w+ )\\(.*\\)|(?<=with value ).*?(?= can't)|Input: .*")]
    private static partial Regex Values();

    [GeneratedRegex(@"NOT NULL constraint failed: [^.]+\.(.+)$")]
    private static partial Regex NotNull();
}
