using System.Data;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>Reads directly from the warehouse, at SERIALIZABLE or at Redshift's level, as a query service without the coordinator
/// does.</summary>
internal sealed class PairReader(NpgsqlDataSource database, CycleTables tables)
{
    /// <summary>Joins two tables, and checks that the second contains what the first recorded of it.</summary>
    public async Task ReadAsync(int one, int other)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable);
        await using var command = new NpgsqlCommand(
            $"""
            {tables.Dialect.ReadOnly}
            SELECT count(*) FROM {tables.Name(one)} JOIN {tables.Name(other)} USING (value);
            SELECT count(*) FROM {tables.Name(one)} AS one WHERE one.of = '{CycleTables.ShortName(other)}' AND one.count > (SELECT count(*) FROM {tables.Name(other)})
            """,
            connection,
            transaction);
        long ahead;
        await using (var reader = await command.ExecuteReaderAsync())
        {
            await reader.NextResultAsync();
            await reader.ReadAsync();
            ahead = reader.GetInt64(0);
        }

        await transaction.CommitAsync();
        if (ahead > 0) throw new InvalidOperationException($"{tables.Name(one)} records {ahead} times more of {tables.Name(other)} than is in it.");
    }
}
