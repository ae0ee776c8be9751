using System.Text.RegularExpressions;

namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>Parses the text of Redshift's EXPLAIN: one operator per line, <c>XN Seq Scan on sales s (cost=0.00..1724.56 rows=172456
/// width=14)</c>, with details below it.</summary>
internal sealed partial class PlanText
{
    /// <summary>Internal working tables of Redshift.</summary>
    private const string WorkingTable = "volt_";

    private readonly List<ScannedTable> _tables = [];
    private readonly List<string> _secured = [];

    public PlanText(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        for (var i = 0; i < all.Count; i++) Read(all, i);
    }

    /// <summary>The scanned tables, each once, in the order of the plan.</summary>
    public IReadOnlyList<ScannedTable> Tables => _tables;

    /// <summary>The tables, by alias or name, of whose row-level security policies the plan shows nothing.</summary>
    public IReadOnlyList<string> Secured => _secured;

    /// <summary>True if the plan omits a part that never runs, with all its tables.</summary>
    public bool LeavesOut { get; private set; }

    private void Read(List<string> lines, int at)
    {
        LeavesOut |= Never().IsMatch(lines[at]);
        if (Scan().Match(lines[at]) is not { Success: true } match) return;
        // The plan omits quotes without meaning another case.
        string[] name = [.. match.Groups["part"].Captures.Select(static part => Unquoted(part.Value))];
        var isShown = ScansBelow(lines, at);
        if (match.Groups["rls"].Success && !isShown) _secured.Add(name[^1]);
        // What the remote scan below names with its schema.
        if (match.Groups["remote"].Success && isShown) return;
        var mayBeAlias = match.Groups["rls"].Success || match.Groups["lf"].Success || match.Groups["remote"].Success;
        var table = new ScannedTable(name.Length > 2 ? name[^3] : "", name.Length > 1 ? name[^2] : "", name[^1], mayBeAlias);
        if (!table.Table.StartsWith(WorkingTable, StringComparison.Ordinal) && !_tables.Contains(table)) _tables.Add(table);
    }

    /// <summary>Whether a deeper line below this one scans a table.</summary>
    private static bool ScansBelow(List<string> lines, int at)
    {
        var depth = Depth(lines[at]);
        return lines.Skip(at + 1).TakeWhile(line => Depth(line) > depth).Any(static line => Scan().IsMatch(line));
    }

    private static int Depth(string line) => line.AsSpan().IndexOfAnyExcept(' ', '-', '>') is >= 0 and var depth ? depth : int.MaxValue;

    private static string Unquoted(string part) =>
        part[0] == '"' ? part[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : part;

    /// <summary><c>XN Seq Scan on</c> a table, <c>S3 Seq Scan</c> of an external one, <c>XN Seq Scan PartitionInfo of</c> its partitions, and
    /// <c>Remote PG Seq Scan</c> of a federated one. <c>XN RLS SecureScan</c> and <c>XN LF SecureScan</c> have the alias of a table with
    /// row-level security or of a shared one. <c>LD Seq Scan</c> reads the leader's catalog. <c>XN S3 Query Scan</c> and <c>XN Subquery
    /// Scan</c> name only what other operators scan below them; so does <c>XN PG Query Scan</c>, if there is one below.</summary>
    [GeneratedRegex("""^\s*(?:->\s+)?(?:(?:(?:XN|S3|Remote PG)\s+)?Seq Scan\s+(?:on\s+|PartitionInfo of\s+)?|XN\s+(?:(?<rls>RLS)|(?<lf>LF)) SecureScan\s+(?:on\s+)?|XN\s+(?<remote>PG) Query Scan\s+(?:on\s+)?)(?<part>"(?:[^"]|"")+"|[^\s."(]+)(?:\.(?<part>"(?:[^"]|"")+"|[^\s."(]+))*""")]
    private static partial Regex Scan();

    [GeneratedRegex(@"One-Time Filter:\s*\(?\s*(?:false|NULL)", RegexOptions.IgnoreCase)]
    private static partial Regex Never();
}
