using System.Text.RegularExpressions;
using Coordinator.Core.Warehouses;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>The meaning of DuckDB's failures. Observed with DuckDB 1.5 through DuckDB.NET 1.5.6.</summary>
/// <remarks>Every error that is not listed here is permanent: Binder, Catalog, Constraint, Conversion, Decimal, Dependency, Divide by Zero,
/// Invalid Input, Invalid Type, Mismatch Type, Not implemented, Out of Range, Parser, Permission, Serialization and Syntax errors would occur
/// again.</remarks>
internal static partial class WarehouseFailure
{
    private const string CatalogTier = "CATALOG";

    /// <summary>Keys: the words before <c>Error:</c>, without blanks and in capitals. For the appender's errors, which have no such words, the
    /// error type.</summary>
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

    /// <summary>Errors whose text contains values of rows.</summary>
    private static readonly string[] Quoting = ["CONSTRAINT", "CONVERSION", "OUTOFRANGE", "INVALIDINPUT"];

    /// <summary>Errors at which no row is looked at.</summary>
    private static readonly string[] OfStatement = [CatalogTier, "BINDER", "PARSER", "SYNTAX", "PERMISSION"];

    /// <summary>The failure for callers; null if the error is not from DuckDB.</summary>
    public static WarehouseException? Translate(Exception error) => error switch
    {
        DuckDBException e => Translated(e),
        OverflowException =>
            new WarehouseException(FailureKind.Rejected, "A number does not fit its column: use fewer digits, or widen the column.", error),
        _ => null,
    };

    /// <summary>A failed COMMIT: rolled back if DuckDB gives the reason, otherwise unknown until the ledger is read.</summary>
    public static WarehouseException OfCommit(DuckDBException error)
    {
        var translated = Translated(error);
        return translated.Kind is FailureKind.Unavailable ? new WarehouseException(FailureKind.Unknown, translated.Message, error) : translated;
    }

    /// <summary>True if a named object does not exist, or has another kind. Such an error while binding leaves the transaction usable.</summary>
    public static bool IsOfCatalog(DuckDBException error) => TierOf(error) == CatalogTier;

    /// <summary>True if an insert did not find its table: dropped, renamed, or now a view. False for a missing function of a default.</summary>
    public static bool IsMissingTable(DuckDBException error) => IsOfCatalog(error) && MissingTable().IsMatch(error.Message);

    private static WarehouseException Translated(DuckDBException error)
    {
        var tier = TierOf(error);
        var kind = Kinds.GetValueOrDefault(tier, FailureKind.Rejected);
        var line = error.Message.Split('\n')[0].TrimEnd();
        // DuckDB reports a duplicate key that is first detected at COMMIT as a transaction error. The next try gets the specific error.
        if (Quoting.Contains(tier, StringComparer.Ordinal) || kind is FailureKind.Conflict) line = Values().Replace(line, "…");
        var column = NotNull().Match(line) is { Success: true } notNull ? notNull.Groups[1].Value : "";
        return new WarehouseException(kind, line, error)
        {
            Column = column,
            IsOfStatement = OfStatement.Contains(tier, StringComparer.Ordinal),
        };
    }

    /// <summary>The error type alone is not enough: it is <see cref="DuckDBErrorType.Invalid"/> for every error while preparing.</summary>
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
