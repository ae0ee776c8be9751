using System.Globalization;

namespace Coordinator.Warehouse.Postgres;

/// <summary>Settings of one transaction around its fences. SET LOCAL leaves nothing in the session.</summary>
/// <param name="Before">Set before anything is locked or read.</param>
/// <param name="After">Run after the fences and the ledger checks. What a savepoint shall keep stands before it.</param>
internal sealed record FenceLimits(IReadOnlyList<string> Before, IReadOnlyList<string> After)
{
    /// <summary>Planner settings for the ledger queries. The server would plan them again for each batch, at several times the cost of running
    /// them, because it expects a generic plan to scan the whole ledger. Without sequential scans no plan does, even if it was made for a small
    /// ledger.</summary>
    private static readonly string[] Planning = ["plan_cache_mode = force_generic_plan", "enable_seqscan = off"];

    /// <summary>Timeouts that prevent a rival with a frozen transaction from blocking all others.</summary>
    public static IReadOnlyList<string> Waits(PostgresWarehouseOptions options) =>
    [
        Set("lock_timeout", options.FenceTimeout),
        Set("idle_in_transaction_session_timeout", options.IdleTimeout),
    ];

    /// <summary>For inserts: the rows also wait no longer than this for a lock on the table. The planner settings end before the rows, because
    /// they must not affect the table's triggers.</summary>
    public static FenceLimits ForInserts(PostgresWarehouseOptions options) => new(
        [.. Waits(options), .. Planning.Select(static setting => $"SET LOCAL {setting}")],
        [.. Planning.Select(static setting => $"SET LOCAL {setting[..setting.IndexOf(' ', StringComparison.Ordinal)]} TO DEFAULT")]);

    /// <summary>For updates: after the fence their SQL may wait for locks as long as it may run.</summary>
    public static FenceLimits ForUpdates(PostgresWarehouseOptions options) => new(Waits(options), ["SET LOCAL lock_timeout TO DEFAULT"]);

    private static string Set(string setting, TimeSpan value) =>
        string.Create(CultureInfo.InvariantCulture, $"SET LOCAL {setting} = {(long)Math.Ceiling(value.TotalMilliseconds)}");
}
