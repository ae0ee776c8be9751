namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>Something that happens on any day and must leave nothing behind.</summary>
internal interface IEverydayEvent
{
    string Name { get; }

    /// <summary>The time between two of them.</summary>
    TimeSpan Every { get; }

    Task HappenAsync(CallersScene scene, CancellationToken ct);
}
