using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>The contract on PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresContractTests(PostgresFixture fixture) : WarehouseContract, IAsyncLifetime
{
    private PostgresDatabase _database = null!;

    protected override IWarehouse Warehouse => _database.Warehouse;

    protected override ILedgerReader Ledgers => _database.Ledgers;

    public async Task InitializeAsync() => _database = await PostgresDatabase.CreateAsync(fixture.Server);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    protected override Task RunAsync(string sql) => _database.RunAsync(sql);

    protected override Task<object?> ScalarAsync(string sql) => _database.ScalarAsync(sql);
}
