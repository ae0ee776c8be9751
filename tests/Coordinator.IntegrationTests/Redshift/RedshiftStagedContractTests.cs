using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Storage;
using Coordinator.Warehouse.Redshift;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>The contract on Redshift with every batch, regardless of size, staged in S3 and loaded by COPY.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftStagedContractTests(PostgresFixture fixture) : RedshiftContractTests(fixture, IsolationLevel.Snapshot), IAsyncDisposable
{
    private readonly ObjectStore _store = ObjectStore.Start();

    async ValueTask IAsyncDisposable.DisposeAsync() => await _store.DisposeAsync();

    protected override SimulatorOptions Configure(SimulatorOptions options) => options with { S3Folder = _store.Folder };

    private protected override void Configure(RedshiftWarehouseOptions options)
    {
        base.Configure(options);
        Staged.Configure(options, _store);
    }
}
