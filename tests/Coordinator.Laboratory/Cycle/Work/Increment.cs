namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>A run of a job that counts the rows added since its last run, as incremental jobs do: rows with a later load time than the latest
/// row seen. A row whose transaction began before that row and ended after it is in no run, and no isolation level fails a transaction because
/// of it.</summary>
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
