using System.Diagnostics;
using OpenTelemetry;

namespace Coordinator.Hosting.Telemetry;

/// <summary>Drops the spans of statements that belong to no write: membership polls, health checks, new pooled connections.</summary>
internal sealed class OrphanFilter(string source) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.ParentId is null && data.Source.Name == source) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
