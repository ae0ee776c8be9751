namespace Coordinator.BrowserTests.Silos;

/// <summary>Tests that look at one contended silo, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ContendedCollection : ICollectionFixture<ContendedSilo>
{
    public const string Name = "a contended silo";
}
