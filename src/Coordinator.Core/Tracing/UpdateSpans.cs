using System.Diagnostics;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;

namespace Coordinator.Core.Tracing;

/// <summary>The spans of an update.</summary>
public static class UpdateSpans
{
    /// <summary>From its first submission to its receipt; null if its caller records none.</summary>
    public static Activity? Start(UpdateIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var span = CoordinatorSpans.Start(CoordinatorSpans.Update, intent)?.SetTag(CoordinatorSpans.Intent, intent.Id.ToString());
        return intent.Job.Length > 0 ? span?.SetTag(CoordinatorSpans.Job, intent.Job) : span;
    }

    /// <summary>One try of its transaction.</summary>
    public static Activity? StartExecute(UpdateRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return CoordinatorSpans.Start(CoordinatorSpans.Execute)?.SetTag(CoordinatorSpans.Batch, run.BatchId.ToString())
            .SetTag(CoordinatorSpans.Activation, run.Activation.ToString());
    }
}
