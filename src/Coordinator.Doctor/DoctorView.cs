using Coordinator.Doctor.Checking;
using Spectre.Console;

namespace Coordinator.Doctor;

/// <summary>Writes each check in lines as soon as it has run, and what to do below it.</summary>
/// <param name="console">The terminal, or a file.</param>
public sealed class DoctorView(IAnsiConsole console) : IDoctorView
{
    private const int NameColumns = 28;

    private bool IsTerminal => console.Profile.Out.IsTerminal;

    /// <inheritdoc/>
    public void Begin(string name)
    {
        if (IsTerminal) console.Markup($"[grey]…        {Markup.Escape(name)}[/]");
    }

    /// <inheritdoc/>
    public void End(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (word, colour) = result.Status switch
        {
            CheckStatus.Ok => ("ok", "green"),
            CheckStatus.Warning => ("warning", "yellow"),
            CheckStatus.Failed => ("FAILED", "red"),
            _ => ("skipped", "grey"),
        };
        if (IsTerminal) console.Write(new ControlCode("\r\u001b[2K"));
        Line($"[{colour}]{word,-8}[/] {Markup.Escape(result.Name.PadRight(NameColumns))} {Markup.Escape(result.Seen)}");
        foreach (var advice in result.Advice) Line($"         → {Markup.Escape(advice)}");
    }

    /// <summary>The sum of all checks.</summary>
    public void Sum(DoctorReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var well = report.Checks.Count - report.Failed - report.Warnings - report.Skipped;
        Line($"{well} ok, {report.Warnings} warnings, {report.Failed} failed, {report.Skipped} skipped");
    }

    // A file has no width at which a line would break.
    private void Line(string markup)
    {
        if (IsTerminal) console.MarkupLine(markup);
        else console.Profile.Out.Writer.WriteLine(Markup.Remove(markup));
    }
}
