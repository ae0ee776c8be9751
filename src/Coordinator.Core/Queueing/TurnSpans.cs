using System.Diagnostics;
using Coordinator.Core.Tracing;
using Coordinator.Tables;

namespace Coordinator.Core.Queueing;

/// <summary>The spans of an insert turn, which belongs to many traces.</summary>
public static class TurnSpans
{
    /// <summary>The maximum number of linked intents of one turn; the others of a large batch are similar.</summary>
    private const int MaxTraced = 32;

    /// <summary>Starts the span of a turn, and adds to each intent's trace how long it waited. Null if no intent is traced.</summary>
    public static Activity? Start(TableName table, InsertTurn turn, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (!CoordinatorSpans.Source.HasListeners()) return null;
        var traced = new List<(InsertEntry Insert, ActivityContext Context)>();
        foreach (var entry in turn.Entries)
        {
            if (CoordinatorSpans.ParentOf(entry.Intent) is { } context) traced.Add((entry, context));
            if (traced.Count == MaxTraced) break;
        }

        if (traced.Count == 0) return null;
        var links = traced.Skip(1).Select(static t => new ActivityLink(t.Context));
        var span = CoordinatorSpans.Source.StartActivity(CoordinatorSpans.Turn, ActivityKind.Server, traced[0].Context, links: links);
        if (span is null) return null;
        span.SetTag(CoordinatorSpans.Table, table.ToString()).SetTag(CoordinatorSpans.Intents, turn.Entries.Count)
            .SetTag(CoordinatorSpans.Rows, turn.Rows);
        foreach (var (entry, context) in traced) Waited(entry, context, span.Context, turn, clock);
        return span;
    }

    private static void Waited(InsertEntry entry, ActivityContext context, ActivityContext turn, InsertTurn by, TimeProvider clock)
    {
        var now = clock.GetUtcNow() - clock.GetElapsedTime(by.StartedAt);
        var began = now - clock.GetElapsedTime(entry.EnqueuedAt, by.StartedAt);
        using var span = CoordinatorSpans.Source.StartActivity(
            CoordinatorSpans.Wait, ActivityKind.Internal, context, links: [new ActivityLink(turn)], startTime: began);
        span?.SetTag(CoordinatorSpans.Intent, entry.Id.ToString()).SetTag(CoordinatorSpans.Rows, entry.Intent.Rows.RowCount)
            .SetEndTime(now.UtcDateTime);
    }
}
