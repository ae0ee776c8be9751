using System.Diagnostics;
using Coordinator.Files;
using Coordinator.Files.Reports;
using Spectre.Console;

namespace Coordinator.ClientHost.Commands;

/// <summary>A progress bar on standard error, if that is a terminal.</summary>
internal static class InsertProgress
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    public static async Task<InsertReport> ShowAsync(CommandOutput output, FileInsertion insertion, Func<Task<InsertReport>> work)
    {
        if (Console.IsErrorRedirected) return await work();
        return await output.Progress.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("rows", maxValue: Math.Max(1, insertion.LengthBytes));
                var started = Stopwatch.GetTimestamp();
                var running = work();
                while (!running.IsCompleted)
                {
                    await Task.WhenAny(running, Task.Delay(Period, TimeProvider.System));
                    var rows = insertion.RowsDone;
                    task.Value = insertion.BytesRead;
                    task.Description = $"{rows} rows, {rows / Math.Max(0.001, Stopwatch.GetElapsedTime(started).TotalSeconds):0} rows/s";
                }

                task.Value = task.MaxValue;
                return await running;
            });
    }
}
