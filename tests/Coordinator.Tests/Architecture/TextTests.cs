using Coordinator.TestServers;

namespace Coordinator.Tests.Architecture;

public sealed class TextTests
{
    private const int MaxColumns = 150;

    [Fact]
    public async Task Comments_and_documents_use_plain_words() =>
        await ChildProcess.RunAsync("bash", [Path.Combine(HostProgram.Root().FullName, "tests", "words")]);

    [Fact]
    public void Lines_of_code_fit_the_width_that_the_editorconfig_sets()
    {
        var root = HostProgram.Root().FullName;
        Assert.Contains($"max_line_length = {MaxColumns}", File.ReadAllText(Path.Combine(root, ".editorconfig")), StringComparison.Ordinal);
        Assert.Empty(Sources(root).SelectMany(path => LongLines(path).Select(line => $"{Path.GetRelativePath(root, path)}:{line}")));
    }

    private static IEnumerable<string> Sources(string root) => Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
        .Where(static path => !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"));

    // A line of a raw string or of a regular expression cannot be broken without changing it.
    private static IEnumerable<int> LongLines(string path)
    {
        var (number, isRaw) = (0, false);
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var isPart = isRaw;
            if (line.Split("\"\"\"").Length % 2 == 0) (isRaw, isPart) = (!isRaw, true);
            if (line.Length > MaxColumns && !isPart && !line.Contains("Regex", StringComparison.Ordinal)) yield return number;
        }
    }
}
