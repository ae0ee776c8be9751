using System.Numerics;
using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.DuckDb;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>The contract on DuckDB, in a separate file.</summary>
public sealed class DuckDbContractTests : WarehouseContract, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-contract-").FullName;
    private readonly ServiceProvider _services;

    public DuckDbContractTests()
    {
        File = Path.Combine(_folder, "warehouse.duckdb");
        _services = new ServiceCollection().AddLogging().AddDuckDbWarehouse(options => options.ConnectionString = File).BuildServiceProvider();
    }

    protected override IWarehouse Warehouse => _services.GetRequiredService<IWarehouse>();

    protected override ILedgerReader Ledgers => _services.GetRequiredService<ILedgerReader>();

    protected override IReadOnlyList<string> NeighbourTypes =>
    [
        .. base.NeighbourTypes, "tinyint", "utinyint", "usmallint", "uinteger", "ubigint", "hugeint", "uhugeint", "hugeint DEFAULT 7", "time",
            "time DEFAULT '01:02:03'",
        "timestamp_s", "timestamp_ms", "timestamp_ns", .. NeighbourTexts.Keys,
    ];

    protected override IReadOnlyDictionary<string, string[]> NeighbourTexts => new Dictionary<string, string[]>
    {
        ["enum('blue', 'true', 'Zoë 😀 ﷽')"] = ["blue", "true", "Zoë 😀 ﷽"],
        ["interval"] = ["12:30", "12:30:15.123456"],
        ["time with time zone"] = ["12:30", "12:30:15.123456"],
        ["bit"] = ["0", "1"],
    };

    protected override IReadOnlyDictionary<string, int> TimeDigits =>
        new Dictionary<string, int>(base.TimeDigits) { ["timestamp_s"] = 0, ["timestamp_ms"] = 3, ["timestamp_ns"] = 7 };

    protected override string SelectIntoFound => "Rejected: Parser Error: SELECT INTO not supported!";

    private string File { get; }

    // The adapter creates schema public when it opens the database.
    public Task InitializeAsync() => Warehouse.CheckAsync(Token);

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>DuckDB ignores the length of a text type. A table that is recreated with identical columns accepts the rows as bound; finding
    /// its new id would scan all tables, 57 ms for 10,000 of them.</summary>
    protected override bool IsChange(string change) => change is not ("another length" or "dropped and created the same");

    protected override async Task RunAsync(string sql)
    {
        await using var connection = new DuckDBConnection("Data Source=" + File);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SET search_path = 'public,main'; " + sql;
        await command.ExecuteNonQueryAsync();
    }

    protected override async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new DuckDBConnection("Data Source=" + File);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SET search_path = 'public,main'";
        await command.ExecuteNonQueryAsync();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var value = reader.GetValue(0);
        if (value is not Stream stream) return value is BigInteger huge ? (long)huge : value;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
