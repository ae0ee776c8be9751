namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Tests that share one PostgreSQL server, each in a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
