using Spectre.Console;

namespace Coordinator.Top;

/// <summary>A column of <c>top</c>.</summary>
/// <param name="Header">The title.</param>
/// <param name="Rank">If the columns do not fit, those of the highest rank are dropped first; 0 is always kept.</param>
/// <param name="Text">The text for a row.</param>
internal sealed record ContentionColumn(string Header, int Rank, Func<ContentionRow, string> Text)
{
    /// <summary>True to align it to the right. Text is aligned to the left.</summary>
    public bool IsNumber { get; init; }

    /// <summary>True to wrap its text if even the columns of rank 0 do not fit.</summary>
    public bool Wraps { get; init; }

    /// <summary>The sort order of this column. The column is kept if that order is selected.</summary>
    public ContentionSort? Sort { get; init; }

    /// <summary>The style that highlights a row's value.</summary>
    public Func<ContentionRow, Style> Style { get; init; } = static _ => Spectre.Console.Style.Plain;

    public int Width(IEnumerable<ContentionRow> rows) => rows.Select(row => Text(row).Length).Append(Header.Length).Max();
}
