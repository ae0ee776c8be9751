using System.Text.RegularExpressions;
using Coordinator.TestServers;

namespace Coordinator.Tests.Documentation;

/// <summary>Links between the pages lead somewhere.</summary>
public sealed partial class LinkTests
{
    private const int MaxPictureBytes = 200_000;

    private static readonly string[] OtherPages =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "src/ARCHITECTURE.md", "tests/Coordinator.RedshiftSimulator/README.md"];

    private static readonly string Root = HostProgram.Root().FullName;

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_to_a_heading()
    {
        var broken = from page in Pages()
                     from link in Links(page)
                     where !Leads(page, link)
                     select $"{Path.GetRelativePath(Root, page)}: {link}";
        Assert.Equal([], broken);
    }

    [Fact]
    public void Every_page_of_docs_is_in_its_index()
    {
        var index = Links(Path.Combine(Root, "docs", "README.md"))
            .Concat(Links(Path.Combine(Root, "docs", "decisions", "README.md")))
            .Select(Path.GetFileName)
            .ToHashSet();
        var missing = Docs().Select(Path.GetFileName).Where(name => name != "README.md" && !index.Contains(name));
        Assert.Equal([], missing);
    }

    [Fact]
    public void The_README_is_a_door_and_the_map_has_three_screens()
    {
        Assert.InRange(new FileInfo(Path.Combine(Root, "README.md")).Length, 1, 10_000);
        Assert.InRange(File.ReadLines(Path.Combine(Root, "src", "ARCHITECTURE.md")).Count(), 1, 150);
        var pictures = Directory.EnumerateFiles(Path.Combine(Root, "docs", "images"));
        Assert.All(pictures, static picture => Assert.InRange(new FileInfo(picture).Length, 1, MaxPictureBytes));
    }

    private static IEnumerable<string> Docs() => Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories);

    private static IEnumerable<string> Pages() => Docs()
        .Concat(OtherPages.Select(static name => Path.Combine(Root, name)));

    private static IEnumerable<string> Links(string page) => Link().Matches(Fence().Replace(File.ReadAllText(page), ""))
        .Select(static m => m.Groups["to"].Value)
        .Where(static to => !to.Contains("://", StringComparison.Ordinal));

    private static bool Leads(string page, string link)
    {
        var parts = link.Split('#');
        var target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        if (!Path.Exists(target)) return false;
        return parts.Length == 1 || File.ReadLines(target).Any(line => line.StartsWith('#') && Anchor(line) == parts[1]);
    }

    // As GitHub makes it.
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
