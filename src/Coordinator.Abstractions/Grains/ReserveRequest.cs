using Coordinator.Intents;

namespace Coordinator.Grains;

/// <summary>An update's request for a table.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.ReserveRequest")]
public sealed record ReserveRequest : ITraced
{
    /// <summary>The update. Asking again under the same id joins or renews, it never queues twice.</summary>
    [Id(0)]
    public required IntentId Id { get; init; }

    /// <summary>How the table is to be held.</summary>
    [Id(1)]
    public required ReservationMode Mode { get; init; }

    /// <summary>Who asks, for the contention page.</summary>
    [Id(2)]
    public string Source { get; init; } = "";

    /// <summary>How long a granted turn lasts unless renewed.</summary>
    [Id(3)]
    public required TimeSpan Lease { get; init; }

    /// <summary>True to renew what was granted: the answer comes at once and never queues.</summary>
    [Id(4)]
    public bool Renew { get; init; }

    /// <summary>Who holds, unique per try of the update. Whoever asks next under the same id takes its place over, in the queue or in the table; the one before is refused from then on.</summary>
    [Id(5)]
    public string Holder { get; init; } = "";

    /// <summary>The silo that the holder runs on, as Orleans writes its address; empty if it runs on none. The hold ends with it.</summary>
    [Id(6)]
    public string Silo { get; init; } = "";

    /// <inheritdoc/>
    [Id(7)]
    public string TraceParent { get; init; } = "";

    /// <summary>The request that renews what this one was granted. Renewals are in no trace.</summary>
    public ReserveRequest ToRenewal() => this with { Renew = true, TraceParent = "" };
}
