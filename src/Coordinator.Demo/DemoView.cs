using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Coordinator.Demo;

/// <summary>A progress bar of 80 columns on a terminal, otherwise a line every few seconds; always on standard error.</summary>
internal sealed class DemoView(IAnsiConsole console, Action<string> writeLine) : IDemoView
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(2);

    public async Task WatchAsync(string half, Tally tally, TimeSpan length, Func<Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await RefreshAsync(work, LinePeriod, _ => writeLine($"{half} {Text(tally)}"));
            return;
        }

        await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 10 }, new PercentageColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(half, maxValue: length.TotalSeconds);
                await RefreshAsync(work, Frame, elapsed =>
                {
                    bar.Value = elapsed.TotalSeconds;
                    bar.Description = $"{half} {Text(tally)}";
                });
                bar.Value = bar.MaxValue;
            });
    }

    private static async Task RefreshAsync(Func<Task> work, TimeSpan period, Action<TimeSpan> show)
    {
        var started = Stopwatch.GetTimestamp();
        var running = work();
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(period, TimeProvider.System));
            show(Stopwatch.GetElapsedTime(started));
        }

        await running;
    }

    private static string Text(Tally tally) => string.Create(
        CultureInfo.InvariantCulture,
        $"{tally.Inserts.Committed:N0} inserts {tally.Updates.Committed:N0} jobs {tally.Reads.Committed:N0} reads "
            + $"{tally.Inserts.Conflicts + tally.Updates.Conflicts + tally.Reads.Conflicts:N0} failed");
}
