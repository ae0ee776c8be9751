using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>The contract on Redshift with isolation level SNAPSHOT.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftSnapshotContractTests(PostgresFixture fixture) : RedshiftContractTests(fixture, IsolationLevel.Snapshot);
