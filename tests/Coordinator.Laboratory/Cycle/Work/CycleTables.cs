using System.Globalization;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>The tables of the workload.</summary>
/// <remarks>A row is either inserted (id, value) or the record of a job's run: what the run read from one table (of, count, sum). Row 0 of every
/// table is a total that runs update in place. Every row has the start time of its transaction.</remarks>
internal sealed class CycleTables(int count, string schema, CycleDialect dialect)
{
    public int Count => count;

    public CycleDialect Dialect => dialect;

    /// <summary>The incremental job's progress for each table: the latest time, and the number of rows.</summary>
    public string Increments => $"{schema}.increments";

    /// <summary>The name without schema, as records contain it.</summary>
    public static string ShortName(int table) => string.Create(CultureInfo.InvariantCulture, $"t{table:00}");

    public string Name(int table) => $"{schema}.{ShortName(table)}";

    public string Ddl => $"CREATE SCHEMA IF NOT EXISTS {schema};" + string.Concat(Enumerable.Range(0, count).Select(t => $"""
        CREATE TABLE {Name(t)} (
            id bigint NOT NULL, value bigint NOT NULL, source text, tick bigint, of text, count bigint, sum bigint, added bigint NOT NULL DEFAULT 0,
            loaded timestamptz NOT NULL DEFAULT now());
        INSERT INTO {Name(t)} (id, value) VALUES (0, 0);
        """)) + $"CREATE TABLE {Increments} (of text NOT NULL, upto timestamptz NOT NULL, count bigint NOT NULL);";
}
