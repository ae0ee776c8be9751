using Coordinator.Contention;
using Coordinator.Grains;

namespace Coordinator.Core.Contention;

/// <summary>A running turn. Timestamps are those of the queue's clock.</summary>
internal sealed class ActiveTurn
{
    private const int MaxSources = 16;

    private readonly List<(string Source, SourceLog.Sums Sums)> _parts = [];
    private int _generation;

    public TurnKind Kind { get; private set; }

    /// <summary>The first source.</summary>
    public string Source { get; private set; } = "";

    /// <summary>The update's id; empty for inserts.</summary>
    public string Id { get; private set; } = "";

    public bool IsUpdate => Id.Length > 0;

    public long QueuedAt { get; private set; }

    public long StartedAt { get; private set; }

    /// <summary>The time during which others have waited for it, in milliseconds.</summary>
    public double Blocked { get; private set; }

    /// <summary>The kind of an update's turn.</summary>
    public static TurnKind KindOf(ReservationMode mode) => mode == ReservationMode.Exclusive ? TurnKind.Exclusive : TurnKind.Shared;

    /// <summary>Starts the turn. The insert turns of an activation reuse one object.</summary>
    public ActiveTurn Begin(TurnKind kind, string source, string id, long queuedAt, long startedAt, int generation)
    {
        (Kind, Source, Id, QueuedAt, StartedAt, Blocked, _generation) = (kind, source, id, queuedAt, startedAt, 0, generation);
        _parts.Clear();
        return this;
    }

    /// <summary>Adds a source to the turn, up to a limit. True the first time.</summary>
    public bool Join(string other, SourceLog.Sums sums)
    {
        foreach (var (known, _) in _parts)
        {
            if (ReferenceEquals(known, other) || known == other) return false;
        }

        if (_parts.Count < MaxSources) _parts.Add((other, sums));
        return true;
    }

    /// <summary>Adds the times to all sources of the turn.</summary>
    public void Charge(SourceLog log, double held, double blocked, DateTimeOffset now)
    {
        Blocked += blocked;
        var generation = log.GenerationAt(now);
        for (var i = 0; i < _parts.Count; i++)
        {
            // A turn of hours outlives a generation of sums.
            if (_generation != generation) _parts[i] = (_parts[i].Source, log.Of(_parts[i].Source, IsUpdate, now));
            var sums = _parts[i].Sums;
            sums.Held += held;
            sums.Blocked += blocked;
        }

        _generation = generation;
    }
}
