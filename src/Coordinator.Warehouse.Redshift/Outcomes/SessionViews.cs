using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Redshift.Outcomes;

/// <summary>The questions about sessions that several classes ask, in the forms of all deployments.</summary>
internal static class SessionViews
{
    /// <summary>Whether a session is open: ($1 process id).</summary>
    public static SystemQuestion Open(ILogger logger) => new(
        "which sessions are open", logger,
        "SELECT process FROM stv_sessions WHERE process = $1",
        "SELECT session_id FROM sys_session_history WHERE session_id = $1 AND status = 'active'");

    /// <summary>The sessions that run a query, or did after a moment: ($1 moment). Apart from the locks: Redshift does not join every system view
    /// with the catalog.</summary>
    public static SystemQuestion Busy(ILogger logger) => new(
        "which sessions run a query", logger,
        "SELECT pid FROM stv_inflight WHERE $1::timestamp IS NOT NULL",
        "SELECT session_id FROM sys_query_history WHERE status IN ('planning', 'queued', 'running', 'returning') OR end_time >= $1");
}
