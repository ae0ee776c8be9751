using Spectre.Console;

namespace Coordinator.ClientHost.Contention;

/// <summary>A column of <c>top</c>.</summary>
/// <param name="Header">What is above it.</param>
/// <param name="Rank">Where there is no room for all, those of the highest rank go first; 0 always stays.</param>
/// <param name="Text">A row's text in it.</param>
internal sealed record ContentionColumn(string Header, int Rank, Func<ContentionRow, string> Text)
{
    /// <summary>Words are on the left, numbers on the right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>It takes several lines where even what always stays has no room.</summary>
    public bool Wraps { get; init; }

    /// <summary>The order that this is the column of; it stays when it is asked for.</summary>
    public ContentionSort? Sort { get; init; }

    /// <summary>What is to be seen at once.</summary>
    public Func<ContentionRow, Style> Style { get; init; } = static _ => Spectre.Console.Style.Plain;

    public int Width(IEnumerable<ContentionRow> rows) => rows.Select(row => Text(row).Length).Append(Header.Length).Max();
}
