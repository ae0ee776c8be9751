namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>
/// A run of a job that counts what came into a table since its last run, as incremental jobs do: what was loaded later than the latest row that it has seen. A row whose transaction began earlier
/// than that and ended later is in no run, ever, and no isolation level fails anybody for it.
/// </summary>
internal static class Increment
{
    public static string Sql(CycleTables tables, int table)
    {
        var name = CycleTables.ShortName(table);
        return $"""
            INSERT INTO {tables.Increments} (of, upto, count)
            SELECT '{name}', max(loaded), count(*) FROM {tables.Name(table)}
            WHERE id <> 0 AND loaded > (SELECT coalesce(max(upto), '2000-01-01') FROM {tables.Increments} WHERE of = '{name}')
            HAVING count(*) > 0
            """;
    }
}
