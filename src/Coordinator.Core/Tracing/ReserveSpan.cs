using System.Diagnostics;
using Coordinator.Grains;
using Coordinator.Tables;

namespace Coordinator.Core.Tracing;

/// <summary>The span of an update's wait for one table.</summary>
internal static class ReserveSpan
{
    public static Activity? Start(TableName table, ReservationMode mode) => Activity.Current is null
        ? null
        : CoordinatorSpans.Start($"{CoordinatorSpans.Reserve} {table}")?.SetTag(CoordinatorSpans.Table, table.ToString())
            .SetTag(CoordinatorSpans.Mode, mode.ToString());
}
