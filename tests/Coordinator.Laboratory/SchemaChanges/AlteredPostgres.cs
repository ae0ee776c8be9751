using Coordinator.Laboratory.Cluster;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>PostgreSQL, or the Redshift simulator in front of it.</summary>
internal sealed class AlteredPostgres : IAlteredWarehouse
{
    private static readonly ColumnKind[] PostgresKinds =
    [
        new("smallint", "7", "-32768"), new("integer", "70000", "\"12\""), new("bigint", "42", "1700000000", "1094861636"), new("real", "0.5", "-2"),
            new("double precision", "2.25", "1e300"),
        new("numeric(20,4)", "12.3400", "-7"), new("numeric", "12345678901.123456789012345678", "1e3"), new("text", "\"ABCD\"", "\"1234\"", "1e3"),
        new("varchar(20)", "\"short\"", "5"),
        new("char(10)", "\"abc\"", "\"x\""), new("boolean", "true", "\"f\""), new("timestamp", "\"2026-01-30T20:00:00.5\"", "\"2026-01-30\""),
        new("timestamptz", "\"2026-01-30T20:00:00-04:00\"", "\"2026-07-01T00:00:00Z\""), new("date", "\"2026-01-31\"", "\"2026-02-01T00:00:00\""),
        new("uuid", "\"6f1c7c9e-0d4b-4b57-8d5e-0a4f6c1b2d3e\""), new("bytea", "\"\\\\x616263\""), new("json", "{\"a\": [1, 2]}", "\"blue\""),
        new("jsonb", "{\"a\": 1}", "\"123\"", "7"),
    ];

    private static readonly ColumnKind[] RedshiftKinds =
    [
        new("smallint", "7", "-32768"), new("integer", "70000", "\"12\""), new("bigint", "42", "1700000000"), new("real", "0.5", "-2"),
            new("double precision", "2.25", "1e300"),
        new("numeric(20,4)", "12.3400", "-7"), new("numeric(38,18)", "12345678901.123456789012345678"), new("varchar(20)", "\"ABCD\"", "5"),
        new("varchar(100)", "\"1234\"", "1e3"),
        new("boolean", "true", "\"f\""), new("timestamp", "\"2026-01-30T20:00:00.5\""), new("timestamptz", "\"2026-01-30T20:00:00-04:00\""),
        new("date", "\"2026-01-31\""),
    ];

    private readonly bool _isRedshift;
    private readonly PostgresServer _server;
    private readonly LabWarehouse _warehouse;
    private readonly NpgsqlDataSource _source;

    private AlteredPostgres(PostgresServer server, WarehouseKind kind)
    {
        _isRedshift = kind != WarehouseKind.Postgres;
        _server = server;
        _warehouse = new LabWarehouse(kind, server.ConnectionString);
        _source = NpgsqlDataSource.Create(server.ConnectionString + ";Maximum Pool Size=64;Timezone=UTC");
    }

    public IReadOnlyDictionary<string, string?> SiloSettings => _warehouse.SiloSettings;

    public IReadOnlyList<ColumnKind> Kinds => _isRedshift ? RedshiftKinds : PostgresKinds;

    public string KeyType => "varchar(100)";

    public static async Task<IAlteredWarehouse> StartAsync(WarehouseKind kind) =>
        new AlteredPostgres(await PostgresServer.StartAsync("max_connections=400"), kind);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _warehouse.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>The only type that Redshift can alter is the length of a varchar:
    /// https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html</summary>
    public IReadOnlyList<string> Statements(SchemaChangeCase change)
    {
        var isLength = change.From.Type.StartsWith("varchar", StringComparison.Ordinal)
            && change.To.Type.StartsWith("varchar", StringComparison.Ordinal);
        if (_isRedshift && change.Alteration == Alteration.Alter && !isLength) return [];
        var alter = $"ALTER TABLE {change.Table} ALTER COLUMN v TYPE {change.To.Type}{(_isRedshift ? "" : $" USING NULL::{change.To.Type}")}";
        return AlteredSql.Statements(change, KeyType, alter);
    }

    public async Task RunAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<IReadOnlyList<string?[]>> AskAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string?[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        return rows;
    }

    public async Task<string?> CastAsync(string json, ColumnKind kind)
    {
        try
        {
            var text = AlteredSql.Literal(AlteredSql.Text(json, kind));
            // An instant in a column without time zone is UTC. PostgreSQL's own cast would drop the offset.
            var cast = kind.Type switch
            {
                "timestamp" => $"({text}::timestamptz AT TIME ZONE 'UTC')",
                // JSON and the coordinator read 1e3 as a whole number.
                "smallint" or "integer" or "bigint" => $"{text}::numeric::{kind.Type}",
                _ => $"{text}::{kind.Type}",
            };
            return (await AskAsync($"SELECT {cast}::text"))[0][0];
        }
        catch (PostgresException)
        {
            return null;
        }
    }
}
