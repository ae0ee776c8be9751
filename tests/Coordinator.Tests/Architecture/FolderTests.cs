using System.Text.RegularExpressions;
using Coordinator.TestServers;

namespace Coordinator.Tests.Architecture;

/// <summary>Files, folders, and which folder knows which. A file has the name of its type, and a folder that of its namespace.</summary>
public sealed partial class FolderTests
{
    private const int MaxFileLines = 250;
    private const int MaxHostLines = 2000;

    private static readonly string Root = HostProgram.Root().FullName;

    [Fact]
    public void No_file_is_too_long() => Assert.Empty(
        Sources("src", "client-host", "silo-host", "tests").Where(static file => file.Lines > MaxFileLines).Select(static file => file.Path));

    [Fact]
    public void A_host_keeps_composition_endpoints_and_commands()
    {
        Assert.InRange(Sources("client-host").Sum(static file => file.Lines), 1, MaxHostLines);
        Assert.InRange(Sources("silo-host").Sum(static file => file.Lines), 1, MaxHostLines);
    }

    [Fact]
    public void No_folder_knows_another_in_a_circle()
    {
        var files = Sources("src", "client-host", "silo-host").ToList();
        var homes = files.ToLookup(static file => file.Type);
        var knows = files.Select(static file => file.Folder).Distinct().ToDictionary(static folder => folder, static _ => new HashSet<string>());
        foreach (var file in files)
        {
            knows[file.Folder].UnionWith(file.Words.SelectMany(word => homes[word]).Where(file.Sees).Select(static other => other.Folder));
            knows[file.Folder].Remove(file.Folder);
        }

        Assert.Contains(knows, static folder => folder.Value.Count > 1);
        Assert.DoesNotContain(knows.Keys, folder => Reaches(folder, folder, knows, []));
    }

    private static bool Reaches(string from, string folder, Dictionary<string, HashSet<string>> knows, HashSet<string> seen) =>
        knows[from].Contains(folder) || knows[from].Any(next => seen.Add(next) && Reaches(next, folder, knows, seen));

    private static IEnumerable<Source> Sources(params string[] folders) => folders
        .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(static path => !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"))
        .Select(static path => Source.Read(path));

    [GeneratedRegex(@"//[^\n]*|""(?:\\.|[^""\\\n])*""")]
    private static partial Regex CommentOrText { get; }

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w+")]
    private static partial Regex TypeName { get; }

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using { get; }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace { get; }

    private sealed record Source(string Path, string Folder, string Type, string Space, HashSet<string> Usings, HashSet<string> Words, int Lines)
    {
        public static Source Read(string path)
        {
            var text = File.ReadAllText(path);
            var code = CommentOrText.Replace(text, " ");
            return new Source(
                System.IO.Path.GetRelativePath(Root, path),
                System.IO.Path.GetRelativePath(Root, System.IO.Path.GetDirectoryName(path)!),
                System.IO.Path.GetFileName(path).Split('.')[0],
                Namespace.Match(code).Groups[1].Value,
                [.. Using.Matches(code).Select(static m => m.Groups[1].Value)],
                [.. TypeName.Matches(code).Select(static m => m.Value)],
                text.Count(static c => c == '\n'));
        }

        public bool Sees(Source other) => other.Space.Length > 0
            && (Usings.Contains(other.Space) || Space == other.Space || Space.StartsWith(other.Space + ".", StringComparison.Ordinal));
    }
}
