using Coordinator.Core.Queueing;

namespace Coordinator.Grains.Contention;

/// <summary>A queue at a moment, with timestamps so that it ages by itself.</summary>
internal sealed record QueueView(int Depth, long OldestSince, string HolderKind, string HolderSource, long HolderSince)
{
    public static readonly QueueView Empty = new(0, 0, "", "", 0);

    public static QueueView Of(WriteQueue queue)
    {
        var depth = queue.Depth;
        var oldest = queue.Oldest?.EnqueuedAt ?? 0;
        if (queue.InsertTurn is { } turn) return new QueueView(depth, oldest, "insert", turn.Entries[0].Source, turn.StartedAt);
        if (queue.Holders is [var holder, ..])
        {
            var kind = holder.Mode == ReservationMode.Exclusive ? "exclusive" : "shared";
            return new QueueView(depth, oldest, kind, holder.Source, holder.GrantedAt);
        }

        return depth == 0 ? Empty : new QueueView(depth, oldest, "", "", 0);
    }
}
