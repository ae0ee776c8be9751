namespace Coordinator.BrowserTests.Silos;

/// <summary>Tests that share one contended silo and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ContendedCollection : ICollectionFixture<ContendedSilo>
{
    public const string Name = "a contended silo";
}
