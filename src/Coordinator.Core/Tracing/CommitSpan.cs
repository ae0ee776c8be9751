using System.Diagnostics;
using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Tracing;

/// <summary>The span of one try of a batch.</summary>
internal static class CommitSpan
{
    public static Activity? Start(InsertBatch batch) => CoordinatorSpans.Start(CoordinatorSpans.Commit)
        ?.SetTag(CoordinatorSpans.Batch, batch.BatchId.ToString())
        .SetTag(CoordinatorSpans.Activation, batch.Activation.ToString())
        .SetTag(CoordinatorSpans.Intents, batch.Intents.Count)
        .SetTag(CoordinatorSpans.Rows, batch.Intents.Sum(static intent => (long)intent.Rows.RowCount));
}
