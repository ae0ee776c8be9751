using System.Diagnostics;
using Coordinator.Intents;

namespace Coordinator.Core.Tracing;

/// <summary>Spans in the trace of a received message.</summary>
public static class TracedSource
{
    /// <summary>A span in the trace of a caller's message; null if the caller records none, or this source has no listener.</summary>
    public static Activity? StartIn(this ActivitySource source, ITraced? asked, string name, ActivityKind kind) =>
        ParentOf(source, asked) is { } parent ? source.StartActivity(name, kind, parent) : null;

    internal static ActivityContext? ParentOf(this ActivitySource source, ITraced? asked)
    {
        ArgumentNullException.ThrowIfNull(source);
        return asked is { TraceParent.Length: > 0 } && source.HasListeners()
            && ActivityContext.TryParse(asked.TraceParent, null, isRemote: true, out var parent) ? parent : null;
    }
}
