using System.Diagnostics;
using OpenTelemetry;

namespace Coordinator.Hosting.Telemetry;

/// <summary>Leaves out statements that belong to no write: the membership's polling, health checks, the opening of pooled connections.</summary>
internal sealed class OrphanFilter(string source) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.ParentId is null && data.Source.Name == source) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
