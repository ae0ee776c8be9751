using System.Globalization;
using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>The contract on PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresContractTests(PostgresFixture fixture) : WarehouseContract, IAsyncLifetime
{
    private PostgresDatabase _database = null!;

    protected override IWarehouse Warehouse => _database.Warehouse;

    protected override ILedgerReader Ledgers => _database.Ledgers;

    protected override IReadOnlyList<string> NeighbourTypes =>
        [.. base.NeighbourTypes, "numeric", "numeric(4,-2)", "numeric DEFAULT 1e100", "char(5)", "name", "timestamp(3)", "timestamptz(0)", "jsonb",
            "jsonb DEFAULT '{}'", .. NeighbourTexts.Keys];

    protected override IReadOnlyDictionary<string, string[]> NeighbourTexts =>
        new Dictionary<string, string[]> { ["colour"] = ["blue", "true", "Zoë 😀 ﷽"] };

    protected override IReadOnlyDictionary<string, int> TimeDigits =>
        new Dictionary<string, int>(base.TimeDigits) { ["timestamp(3)"] = 3, ["timestamp(0)"] = 0, ["timestamptz(1)"] = 1 };

    public async Task InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync(fixture.Server);
        await RunAsync("CREATE TYPE colour AS ENUM ('blue', 'true', 'Zoë 😀 ﷽')");
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    protected override Task RunAsync(string sql) => _database.RunAsync(sql);

    protected override Task<object?> ScalarAsync(string sql) => _database.ScalarAsync(sql);

    protected override Task SeeRefusedOrWaitingAsync(Task changing) => Eventually.TrueAsync("the change waits for the transaction", async _ =>
        Convert.ToInt64(await ScalarAsync("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted AND relation = "
            + "'events'::regclass"), CultureInfo.InvariantCulture) == 1);
}
