using System.Text.RegularExpressions;

namespace Coordinator.Core.Contention;

/// <summary>Parses the transactions of a cycle from a warehouse's message: <c>… transactions forming the cycle are: 1745830, 1745762
/// (pid:…)</c>.</summary>
internal static partial class CycleText
{
    /// <summary>The numbers of the transactions; empty if the message has none.</summary>
    public static IReadOnlyList<string> Transactions(string message) =>
        Cycle().Match(message) is { Success: true } match ? match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries) : [];

    [GeneratedRegex(@"transactions forming the cycle are:\s*(\d+(?:\s*,\s*\d+)*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cycle();
}
