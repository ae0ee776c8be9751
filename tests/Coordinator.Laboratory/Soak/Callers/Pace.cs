namespace Coordinator.Laboratory.Soak.Callers;

/// <summary>The rate that all writers share.</summary>
internal sealed class Pace(double rate, int writers, TimeProvider clock)
{
    private double _rate = rate;

    /// <summary>Calls a second of all writers together.</summary>
    public double Rate
    {
        get => Volatile.Read(ref _rate);
        set => Volatile.Write(ref _rate, value);
    }

    /// <summary>Waits until a writer's next call is due.</summary>
    /// <param name="began">When its last one began.</param>
    /// <param name="over">Ends the wait.</param>
    public async Task NextAsync(long began, CancellationToken over)
    {
        var left = TimeSpan.FromSeconds(writers / Rate) - clock.GetElapsedTime(began);
        if (left > TimeSpan.Zero) await Task.Delay(left, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else await Task.Yield();
    }
}
