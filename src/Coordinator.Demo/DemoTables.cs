using Coordinator.Core.Ledger;
using Coordinator.Tables;

namespace Coordinator.Demo;

/// <summary>The two tables of one half and the SQL for them, the same on every warehouse.</summary>
internal sealed class DemoTables(string run, string half)
{
    private const string Schema = "coordinator_demo";

    public TableName Events { get; } = new(Schema, $"events_{run}_{half}");

    public TableName Summary { get; } = new(Schema, $"summary_{run}_{half}");

    public static string DropSchema => $"DROP SCHEMA {Schema}";

    public string Create =>
        $"""
        CREATE SCHEMA IF NOT EXISTS {Schema};
        CREATE TABLE {Events} (id uuid NOT NULL, kind integer NOT NULL, amount bigint NOT NULL);
        CREATE TABLE {Summary} (kind integer NOT NULL, events bigint NOT NULL, amount bigint NOT NULL);
        INSERT INTO {Summary} VALUES {string.Join(", ", Enumerable.Range(0, EventRow.Kinds).Select(static kind => $"({kind}, 0, 0)"))}
        """;

    public string Drop => string.Join(
        "; ",
        new[] { Events, Summary }.SelectMany(static table => new[] { table, LedgerNames.Ledger(table), LedgerNames.Fence(table) })
            .Select(static table => $"DROP TABLE IF EXISTS {table}"));

    /// <summary>The scheduled job: computes <c>summary</c> from <c>events</c>.</summary>
    public string Job =>
        $"""
        UPDATE {Summary} SET events = e.n, amount = e.total
        FROM (SELECT kind, count(*) AS n, CAST(sum(amount) AS bigint) AS total FROM {Events} GROUP BY kind) e WHERE e.kind = {Summary}.kind
        """;

    /// <summary>The query of an API: a join of both tables.</summary>
    public string Read => $"SELECT count(*), max(s.events) FROM {Summary} s JOIN {Events} e ON e.kind = s.kind";

    public string AllIds => $"SELECT id FROM {Events}";

    /// <summary>Kinds whose summary differs from the aggregate of the events.</summary>
    public string WrongKinds =>
        $"""
        SELECT count(*) FROM {Summary} s
        LEFT JOIN (SELECT kind, count(*) AS n, CAST(sum(amount) AS bigint) AS total FROM {Events} GROUP BY kind) e ON e.kind = s.kind
        WHERE s.events <> coalesce(e.n, 0) OR s.amount <> coalesce(e.total, 0)
        """;

    public string Insert(int rows) =>
        $"INSERT INTO {Events} (id, kind, amount) VALUES "
            + $"{string.Join(", ", Enumerable.Range(0, rows).Select(static i => $"(${i * 3 + 1}, ${i * 3 + 2}, ${i * 3 + 3})"))}";
}
