using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>The contract on Redshift with isolation level SERIALIZABLE.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftSerializableContractTests(PostgresFixture fixture) : RedshiftContractTests(fixture, IsolationLevel.Serializable);
