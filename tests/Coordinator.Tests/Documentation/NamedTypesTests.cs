using System.Text.RegularExpressions;
using Coordinator.TestServers;

namespace Coordinator.Tests.Documentation;

/// <summary>The map and the decisions name types of the code: a type that is renamed is renamed there, too.</summary>
public sealed partial class NamedTypesTests
{
    private static readonly string[] Folders = ["src", "silo-host", "client-host", "tests"];

    [Fact]
    public void Every_type_that_the_map_and_the_decisions_name_is_in_the_code()
    {
        var root = HostProgram.Root().FullName;
        var code = Folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(static file => Word().Matches(File.ReadAllText(file)).Select(static m => m.Value))
            .ToHashSet();
        var missing = from page in Directory.EnumerateFiles(Path.Combine(root, "docs", "decisions"))
                          .Append(Path.Combine(root, "src", "ARCHITECTURE.md"))
                      from name in Named().Matches(File.ReadAllText(page)).Select(static m => m.Groups["name"].Value).Distinct()
                      where !code.Contains(name)
                      select $"{Path.GetRelativePath(root, page)}: {name}";
        Assert.Equal([], missing);
    }

    // Two capitals at least: a word with one may be a setting's value.
    [GeneratedRegex("`(?<name>[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]+)[`.]")]
    private static partial Regex Named();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Word();
}
