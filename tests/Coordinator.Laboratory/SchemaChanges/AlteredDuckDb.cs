using Coordinator.TestServers;
using DuckDB.NET.Data;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>DuckDB: the outside session is another connection of this process, because only one process may open the file.</summary>
internal sealed class AlteredDuckDb : IAlteredWarehouse
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coordinator-ddl-");
    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _source;
    private DuckDBConnection? _connection;

    public AlteredDuckDb() => _source = $"Data Source={Path.Combine(_folder.FullName, "warehouse.duckdb")}";

    public IReadOnlyDictionary<string, string?> SiloSettings => new Dictionary<string, string?>
    {
        ["Coordinator:Warehouse:Provider"] = "DuckDb",
        ["Coordinator:Warehouse:ConnectionString"] = _source,
    };

    public IReadOnlyList<ColumnKind> Kinds { get; } =
    [
        new("TINYINT", "7", "-128"), new("SMALLINT", "300"), new("INTEGER", "70000", "\"12\""), new("BIGINT", "42", "1700000000"),
            new("UBIGINT", "18446744073709551615"),
        new("HUGEINT", "170141183460469231731687303715884105727"), new("FLOAT", "0.5"), new("DOUBLE", "2.25", "1e300"),
        new("DECIMAL(20,4)", "12.3400"), new("DECIMAL(38,18)", "12345678901.123456789012345678"),
        new("VARCHAR", "\"ABCD\"", "\"1234\"", "1e3"), new("BOOLEAN", "true", "\"f\""), new("TIMESTAMP", "\"2026-01-30T20:00:00.5\""),
        new("TIMESTAMP_NS", "\"2026-01-30T20:00:00.123456789\""),
        new("TIMESTAMPTZ", "\"2026-01-30T20:00:00-04:00\""), new("DATE", "\"2026-01-31\""), new("TIME", "\"12:34:56.5\""),
        new("UUID", "\"6f1c7c9e-0d4b-4b57-8d5e-0a4f6c1b2d3e\""),
        new("JSON", "{\"a\": 1}", "\"123\"", "7"),
    ];

    public string KeyType => "VARCHAR";

    public IReadOnlyList<string> Statements(SchemaChangeCase change) =>
        AlteredSql.Statements(change, KeyType,
            $"ALTER TABLE {change.Table} ALTER COLUMN v SET DATA TYPE {change.To.Type} USING NULL::{change.To.Type}");

    public Task RunAsync(string sql) => WithAsync(command =>
    {
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    });

    public Task<IReadOnlyList<string?[]>> AskAsync(string sql) => WithAsync<IReadOnlyList<string?[]>>(command =>
    {
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        return rows;
    });

    public async Task<string?> CastAsync(string json, ColumnKind kind)
    {
        try
        {
            var text = AlteredSql.Literal(AlteredSql.Text(json, kind));
            // An instant in a column without time zone is UTC. DuckDB's own cast would drop the offset.
            var value = kind.Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) && text.Contains("-04:00", StringComparison.Ordinal)
                ? $"CAST(CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)"
                : text;
            return (await AskAsync($"SELECT CAST(CAST({value} AS {kind.Type}) AS VARCHAR)"))[0][0];
        }
        catch (DuckDBException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        _turn.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Retries a DDL statement that conflicts with the silo's transaction on the table, as a person would.</summary>
    private async Task<T> WithAsync<T>(Func<DuckDBCommand, T> work)
    {
        await _turn.WaitAsync();
        try
        {
            T? result = default;
            await Eventually.TrueAsync(
                "DuckDB lets the stranger in",
                _ => Task.Run(() =>
                {
                    try
                    {
                        using var command = Connection().CreateCommand();
                        result = work(command);
                        return true;
                    }
                    catch (DuckDBException e) when (e.Message.Contains("onflict", StringComparison.Ordinal)
                        || e.Message.Contains("altered", StringComparison.Ordinal))
                    {
                        return false;
                    }
                }));
            return result!;
        }
        finally
        {
            _turn.Release();
        }
    }

    private DuckDBConnection Connection()
    {
        if (_connection is not null) return _connection;
        var connection = new DuckDBConnection(_source);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SET GLOBAL TimeZone = 'UTC'; CREATE SCHEMA IF NOT EXISTS public; SET search_path = 'public'";
        command.ExecuteNonQuery();
        return _connection = connection;
    }
}
