namespace Coordinator.IntegrationTests.Documentation;

/// <summary>One <c>sh</c> block of a page.</summary>
/// <param name="Line">Its first line in the page.</param>
/// <param name="Mode">What the comment above it says: see docs/README.md.</param>
/// <param name="Reason">Why it is not simply run.</param>
/// <param name="Text">The commands.</param>
/// <param name="Output">What the page says that it prints; null if the page does not say.</param>
internal sealed record CommandBlock(int Line, BlockMode Mode, string Reason, string Text, string? Output)
{
    /// <summary>The lines with a <c>dotnet</c> command, continued lines joined, without comments.</summary>
    public IEnumerable<string> DotnetCommands => Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        .Select(static line => line.Split(" #")[0].Trim())
        .Where(static line => line.Contains("dotnet ", StringComparison.Ordinal));
}
