using System.Text.RegularExpressions;
using Coordinator.Tables;

namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>Parses the text of Redshift's EXPLAIN: one operator per line, <c>XN Seq Scan on sales s (cost=0.00..1724.56 rows=172456
/// width=14)</c>, with details below it.</summary>
internal sealed partial class PlanText
{
    /// <summary>Internal working tables of Redshift.</summary>
    private const string WorkingTable = "volt_";

    private readonly List<ScannedTable> _tables = [];

    public PlanText(IEnumerable<string> lines)
    {
        foreach (var line in lines) Read(line);
    }

    /// <summary>The scanned tables, each once, in the order of the plan.</summary>
    public IReadOnlyList<ScannedTable> Tables => _tables;

    /// <summary>True if the plan omits a part that never runs, with all its tables.</summary>
    public bool LeavesOut { get; private set; }

    private void Read(string line)
    {
        LeavesOut |= Never().IsMatch(line);
        if (Scan().Match(line) is not { Success: true } match) return;
        // The plan omits quotes without meaning another case.
        var table = IdentifierText.Split(match.Groups["name"].Value, folds: false) switch
        {
            [var name] => new ScannedTable("", name),
            [.., var schema, var name] => new ScannedTable(schema, name),
            _ => throw new FormatException($"'{line}' is no scan of a table."),
        };
        if (!table.Table.StartsWith(WorkingTable, StringComparison.Ordinal) && !_tables.Contains(table)) _tables.Add(table);
    }

    /// <summary><c>XN Seq Scan on</c> a table, <c>S3 Seq Scan</c> of an external one and <c>XN Seq Scan PartitionInfo of</c> its partitions.
    /// <c>LD Seq Scan</c> reads the leader's catalog. <c>XN S3 Query Scan</c> and <c>XN Subquery Scan</c> name only what other operators scan
    /// below them.</summary>
    [GeneratedRegex("""^\s*(?:->\s+)?(?:(?:XN|S3)\s+)?Seq Scan\s+(?:on\s+|PartitionInfo of\s+)?(?<name>(?:"(?:[^"]|"")+"|[^\s."(]+)(?:\.(?:"(?:[^"]|"")+"|[^\s."(]+))*)""")]
    private static partial Regex Scan();

    [GeneratedRegex(@"One-Time Filter:\s*\(?\s*(?:false|NULL)", RegexOptions.IgnoreCase)]
    private static partial Regex Never();
}
