using System.Text.RegularExpressions;

namespace Coordinator.Core.Contention;

/// <summary>Reads which transactions formed a cycle out of a warehouse's message: <c>… transactions forming the cycle are: 1745830, 1745762 (pid:…)</c>.</summary>
internal static partial class CycleText
{
    /// <summary>The transactions' numbers; none if the message names none.</summary>
    public static IReadOnlyList<string> Transactions(string message) =>
        Cycle().Match(message) is { Success: true } match ? match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries) : [];

    [GeneratedRegex(@"transactions forming the cycle are:\s*(\d+(?:\s*,\s*\d+)*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cycle();
}
