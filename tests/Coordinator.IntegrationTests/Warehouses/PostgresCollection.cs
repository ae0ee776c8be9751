namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Tests that share one PostgreSQL server, each with its own database.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
