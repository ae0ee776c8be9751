using Coordinator.Intents;

namespace Coordinator.Grains;

/// <summary>An update's request for a table.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.ReserveRequest")]
public sealed record ReserveRequest : ITraced
{
    [Id(5)]
    private readonly string _holder = "";

    [Id(6)]
    private readonly string _silo = "";

    /// <summary>The update. Another request with the same id joins or renews; it never queues twice.</summary>
    [Id(0)]
    public required IntentId Id { get; init; }

    /// <summary>How the update needs the table.</summary>
    [Id(1)]
    public required ReservationMode Mode { get; init; }

    /// <summary>The update's source, for the contention page.</summary>
    [Id(2)]
    public string Source { get; init; } = "";

    /// <summary>How long a granted turn lasts without a renewal.</summary>
    [Id(3)]
    public required TimeSpan Lease { get; init; }

    /// <summary>True to renew a granted turn: the answer comes immediately, and the request never queues.</summary>
    [Id(4)]
    public bool Renew { get; init; }

    /// <summary>The holder, unique for each try of the update. The next try with the same id takes over its place, in the queue or in the table;
    /// from then on the earlier holder is refused.</summary>
    public HolderId Holder
    {
        get => HolderId.Read(_holder);
        init => _holder = value.ToString();
    }

    /// <summary>The holder's silo; none if it is on none. The reservation ends with the silo.</summary>
    public SiloId Silo
    {
        get => SiloId.Read(_silo);
        init => _silo = value.ToString();
    }

    /// <inheritdoc/>
    [Id(7)]
    public string TraceParent { get; init; } = "";

    /// <summary>The request that renews this one once it is granted. Renewals are in no trace.</summary>
    public ReserveRequest ToRenewal() => this with { Renew = true, TraceParent = "" };
}
