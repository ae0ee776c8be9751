namespace Coordinator.BrowserTests.Silos;

/// <summary>Tests that look at what two silos did that did not know of each other.</summary>
[CollectionDefinition(Name)]
public sealed class SplitCollection : ICollectionFixture<SplitSilos>
{
    public const string Name = "two silos that do not know of each other";
}
