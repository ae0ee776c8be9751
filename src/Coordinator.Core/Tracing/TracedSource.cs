using System.Diagnostics;
using Coordinator.Intents;

namespace Coordinator.Core.Tracing;

/// <summary>Spans in the trace that a message came with.</summary>
public static class TracedSource
{
    /// <summary>A span in the trace of what a caller asked for; null if the caller records none, or nobody listens here.</summary>
    public static Activity? StartIn(this ActivitySource source, ITraced? asked, string name, ActivityKind kind) =>
        ParentOf(source, asked) is { } parent ? source.StartActivity(name, kind, parent) : null;

    internal static ActivityContext? ParentOf(this ActivitySource source, ITraced? asked)
    {
        ArgumentNullException.ThrowIfNull(source);
        return asked is { TraceParent.Length: > 0 } && source.HasListeners() && ActivityContext.TryParse(asked.TraceParent, null, isRemote: true, out var parent) ? parent : null;
    }
}
