using System.Net;
using System.Runtime.CompilerServices;

namespace Coordinator.Settings;

/// <summary>
/// Collects the mistakes in the settings of one section. Each rule is one call and takes the property itself, such as
/// <c>options.Queue.MaxBatchRows</c>: the key in the message comes from that expression. Every message names the key, the value and what would
/// be right.
/// </summary>
public sealed class SettingRules(string section)
{
    private readonly List<string> _mistakes = [];

    /// <summary>All mistakes found, in the order of the rules.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>The value must lie between two bounds, both allowed.</summary>
    /// <param name="value">The property.</param>
    /// <param name="least">The lower bound.</param>
    /// <param name="most">The upper bound.</param>
    /// <param name="because">Where the bounds come from, if that is not obvious.</param>
    /// <param name="expression">The property's expression; leave it to the compiler.</param>
    public void Range<T>(T value, T least, T most, string? because = null, [CallerArgumentExpression(nameof(value))] string expression = "")
        where T : IComparable<T> =>
        Require(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, value, $"{least} to {most}{Reason(because)}", expression);

    /// <summary>The value must be above zero and no more than a bound.</summary>
    public void Positive(TimeSpan value, TimeSpan most, [CallerArgumentExpression(nameof(value))] string expression = "") =>
        Require(value > TimeSpan.Zero && value <= most, value, $"more than 0 and at most {most}", expression);

    /// <summary>The value must be a TCP port.</summary>
    public void Port(int value, [CallerArgumentExpression(nameof(value))] string expression = "") =>
        Require(value is >= 1 and <= IPEndPoint.MaxPort, value, $"a port from 1 to {IPEndPoint.MaxPort}", expression);

    /// <summary>The text must have at least one character that is not white space, and no more than <paramref name="most"/> in all.</summary>
    public void Text(string value, int most, string example, [CallerArgumentExpression(nameof(value))] string expression = "") =>
        Require(!string.IsNullOrWhiteSpace(value) && value.Length <= most, value, $"1 to {most} characters, such as {example}", expression);

    /// <summary>The value must have a name in its enum: the binder lets every number pass.</summary>
    public void Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string expression = "")
        where T : struct, Enum =>
        Judge(Enum.IsDefined(value), value, SettingText.Names(typeof(T)), expression);

    /// <summary>Any other rule, with the value in the message.</summary>
    /// <param name="holds">Whether the rule holds.</param>
    /// <param name="value">The property.</param>
    /// <param name="expected">What would be right; it follows the word "expected".</param>
    /// <param name="expression">The property's expression; leave it to the compiler.</param>
    public void Require<T>(bool holds, T value, string expected, [CallerArgumentExpression(nameof(value))] string expression = "") =>
        Judge(holds, value, "expected " + expected, expression);

    /// <summary>Adds a mistake without its value: for secrets, and for what a sentence says better.</summary>
    /// <param name="value">The property.</param>
    /// <param name="mistake">The rest of the sentence behind the key, without the full stop.</param>
    /// <param name="expression">The property's expression; leave it to the compiler.</param>
    public void Mistake<T>(T value, string mistake, [CallerArgumentExpression(nameof(value))] string expression = "") =>
        _mistakes.Add($"{Key(expression)} {mistake}.");

    /// <summary>Adds the mistakes of a part, whose keys begin below this section.</summary>
    public void AddBelow(IEnumerable<string> mistakes) => _mistakes.AddRange(mistakes.Select(mistake => $"{section}:{mistake}"));

    /// <summary>Adds a mistake in a key of another section.</summary>
    public void Add(string key, string mistake) => _mistakes.Add($"{key} {mistake}.");

    private static string Reason(string? because) => because is null ? "" : ": " + because;

    private void Judge<T>(bool holds, T value, string advice, string expression)
    {
        if (!holds) _mistakes.Add($"{Key(expression)} is '{value}'; {advice}.");
    }

    // options.Queue.MaxBatchRows is the key SECTION:Queue:MaxBatchRows.
    private string Key(string expression)
    {
        var path = expression[(expression.IndexOf('.', StringComparison.Ordinal) + 1)..].Replace('.', ':');
        return $"{section}:{path}";
    }
}
