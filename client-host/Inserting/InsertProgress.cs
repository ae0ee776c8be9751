using System.Diagnostics;
using Coordinator.ClientHost.Commands;
using Spectre.Console;

namespace Coordinator.ClientHost.Inserting;

/// <summary>A progress bar on standard error, if that is a terminal.</summary>
internal static class InsertProgress
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    public static async Task ShowAsync(CommandOutput output, InsertRun run, long lengthBytes, Func<Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work();
            return;
        }

        await output.Progress.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("rows", maxValue: Math.Max(1, lengthBytes));
                var started = Stopwatch.GetTimestamp();
                var running = work();
                while (!running.IsCompleted)
                {
                    await Task.WhenAny(running, Task.Delay(Period, TimeProvider.System));
                    var rows = run.Tally.RowsDone;
                    task.Value = run.BytesRead;
                    task.Description = $"{rows} rows, {rows / Math.Max(0.001, Stopwatch.GetElapsedTime(started).TotalSeconds):0} rows/s";
                }

                task.Value = task.MaxValue;
                await running;
            });
    }
}
