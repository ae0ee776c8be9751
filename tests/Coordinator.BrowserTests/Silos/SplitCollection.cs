namespace Coordinator.BrowserTests.Silos;

/// <summary>Tests that inspect what two silos did while neither knew of the other.</summary>
[CollectionDefinition(Name)]
public sealed class SplitCollection : ICollectionFixture<SplitSilos>
{
    public const string Name = "two silos that do not know of each other";
}
