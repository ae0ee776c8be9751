using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>The contract on Redshift Serverless, which refuses STV views and whose sessions are behind a proxy.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftServerlessContractTests(PostgresFixture fixture) : RedshiftContractTests(fixture, IsolationLevel.Snapshot)
{
    protected override SimulatorOptions Configure(SimulatorOptions options) => options with { Deployment = RedshiftDeployment.Serverless };
}
