using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests;

/// <summary>Advances a fake clock for work that waits on it.</summary>
internal static class FakeTime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    // Lets the work continue between two steps. It takes no time on the fake clock.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Advances the clock repeatedly until the work is done.</summary>
    public static async Task<T> RunAsync<T>(this FakeTimeProvider clock, Task<T> work)
    {
        await clock.RunAsync((Task)work);
        return await work;
    }

    /// <inheritdoc cref="RunAsync{T}(FakeTimeProvider, Task{T})"/>
    public static async Task RunAsync(this FakeTimeProvider clock, Task work)
    {
        while (!work.IsCompleted)
        {
            clock.Advance(Step);
            await Task.Delay(Pause, TimeProvider.System);
        }

        await work;
    }
}
