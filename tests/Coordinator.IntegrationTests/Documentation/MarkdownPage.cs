namespace Coordinator.IntegrationTests.Documentation;

/// <summary>A page and its command blocks.</summary>
internal sealed class MarkdownPage
{
    private const string Comment = "<!-- docs: ";
    private const string NeedsSiloComment = Comment + "silo -->";

    private static readonly (string Words, BlockMode Mode)[] Modes =
    [
        ("background", BlockMode.Background),
        ("check", BlockMode.Check),
        ("parsed, ", BlockMode.Parsed),
        ("run elsewhere, ", BlockMode.Elsewhere),
        ("not run, ", BlockMode.NotRun),
    ];

    private readonly string[] _lines;

    public MarkdownPage(string text)
    {
        _lines = text.Split('\n');
        NeedsSilo = _lines[0] == NeedsSiloComment;
        Blocks = [.. ReadBlocks()];
    }

    /// <summary>Whether the page expects a silo that runs already.</summary>
    public bool NeedsSilo { get; }

    public IReadOnlyList<CommandBlock> Blocks { get; }

    private IEnumerable<CommandBlock> ReadBlocks()
    {
        var language = (string?)null;
        for (var i = 0; i < _lines.Length; i++)
        {
            if (!_lines[i].StartsWith("```", StringComparison.Ordinal)) continue;
            var end = Array.IndexOf(_lines, "```", i + 1);
            if (end < 0) throw new FormatException($"The block in line {i + 1} does not end.");
            language = _lines[i][3..];
            if (language is "bash" or "shell" or "console") throw new FormatException($"Line {i + 1}: mark command blocks with sh.");
            if (language == "sh")
            {
                var (mode, reason) = Mode(i == 0 ? "" : _lines[i - 1], i);
                yield return new CommandBlock(i + 1, mode, reason, string.Join('\n', _lines[(i + 1)..end]), Output(end));
            }

            i = end;
        }
    }

    private static (BlockMode Mode, string Reason) Mode(string above, int line)
    {
        if (!above.StartsWith(Comment, StringComparison.Ordinal)) return (BlockMode.Run, "");
        var words = above[Comment.Length..].Replace(" -->", "", StringComparison.Ordinal);
        foreach (var (name, mode) in Modes)
        {
            var hasReason = !name.EndsWith(' ') || words.Length > name.Length + 10;
            if (words.StartsWith(name, StringComparison.Ordinal) && hasReason) return (mode, words[name.Length..]);
        }

        throw new FormatException($"Line {line}: '{words}' is none of the comments that docs/README.md lists, or gives no reason.");
    }

    private string? Output(int end)
    {
        var next = end + 1;
        while (next < _lines.Length && _lines[next].Length == 0) next++;
        if (next >= _lines.Length || _lines[next] != "```text") return null;
        return string.Join('\n', _lines[(next + 1)..Array.IndexOf(_lines, "```", next + 1)]);
    }
}
