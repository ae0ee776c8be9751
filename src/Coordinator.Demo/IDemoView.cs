namespace Coordinator.Demo;

/// <summary>Shows a half while it runs.</summary>
internal interface IDemoView
{
    /// <summary>Runs work and shows its tally until it ends.</summary>
    Task WatchAsync(string half, Tally tally, TimeSpan length, Func<Task> work);
}
