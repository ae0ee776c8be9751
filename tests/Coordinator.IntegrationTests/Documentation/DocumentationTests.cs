using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Documentation;

/// <summary>
/// Every command block of README, CONTRIBUTING and docs, in the order of its page, against real hosts. docs/README.md says what the comments above
/// blocks mean.
/// </summary>
public sealed class DocumentationTests(DocumentationFixture fixture) : IClassFixture<DocumentationFixture>
{
    public static TheoryData<string> Pages => [.. AllPages()];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_commands_of_a_page_work_as_printed(string path)
    {
        var page = Read(path);
        await using var run = page.NeedsSilo ? PageRun.WithSilo(fixture.Deployment) : await PageRun.WithoutSiloAsync(fixture, Name(path));
        foreach (var block in page.Blocks)
        {
            if (block.Mode is BlockMode.Run or BlockMode.Background or BlockMode.Check) await run.RunAsync(block);
            else await PageRun.CheckSyntaxAsync(block);
            if (block.Mode == BlockMode.Parsed) CommandLines.Check(block);
        }
    }

    [Fact]
    public void The_pages_have_commands_and_most_of_them_are_run()
    {
        var blocks = AllPages().SelectMany(static path => Read(path).Blocks).ToList();
        Assert.True(blocks.Count > 30, $"{blocks.Count} blocks were found");
        Assert.True(blocks.Count(static b => b.Mode is BlockMode.NotRun or BlockMode.Elsewhere) < blocks.Count / 4, "most blocks are run or checked");
    }

    private static MarkdownPage Read(string path) => new(File.ReadAllText(Path.Combine(HostProgram.Root().FullName, path)));

    private static IEnumerable<string> AllPages()
    {
        var root = HostProgram.Root().FullName;
        return Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file))
            .Order(StringComparer.Ordinal)
            .Prepend("CONTRIBUTING.md")
            .Prepend("README.md")
            .Where(path => File.ReadAllText(Path.Combine(root, path)).Contains("```", StringComparison.Ordinal));
    }

    private static string Name(string path) => "docs-" + Path.GetFileNameWithoutExtension(path).ToLowerInvariant();
}
