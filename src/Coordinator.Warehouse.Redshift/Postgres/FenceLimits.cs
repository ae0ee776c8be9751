using System.Globalization;

namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>Settings of one transaction around its fences. SET LOCAL: nothing stays in the session.</summary>
/// <param name="Before">Set before anything is locked or read.</param>
/// <param name="After">Set once the fences are passed and the ledgers asked.</param>
internal sealed record FenceLimits(IReadOnlyList<string> Before, IReadOnlyList<string> After)
{
    /// <summary>
    /// For the questions to the ledger: the server would plan them anew for each batch, at several times what they cost to run, for fear that a general plan reads the
    /// whole ledger. Without sequential scans none does, however small the ledger was when the plan was made.
    /// </summary>
    private static readonly string[] Planning = ["plan_cache_mode = force_generic_plan", "enable_seqscan = off"];

    /// <summary>What keeps a rival, frozen in its own transaction, from blocking all others.</summary>
    public static IReadOnlyList<string> Waits(PostgresWarehouseOptions options) =>
    [
        Set("lock_timeout", options.FenceTimeout),
        Set("idle_in_transaction_session_timeout", options.IdleTimeout),
    ];

    /// <summary>For inserts: the rows, too, wait no longer than this for a lock on the table. The planning settings end before the rows, for the table's triggers.</summary>
    public static FenceLimits ForInserts(PostgresWarehouseOptions options) => new(
        [.. Waits(options), .. Planning.Select(static setting => $"SET LOCAL {setting}")],
        [.. Planning.Select(static setting => $"SET LOCAL {setting[..setting.IndexOf(' ', StringComparison.Ordinal)]} TO DEFAULT")]);

    /// <summary>For updates: past the fence their SQL may wait for locks as long as it may run.</summary>
    public static FenceLimits ForUpdates(PostgresWarehouseOptions options) => new(Waits(options), ["SET LOCAL lock_timeout TO DEFAULT"]);

    private static string Set(string setting, TimeSpan value) => string.Create(CultureInfo.InvariantCulture, $"SET LOCAL {setting} = {(long)Math.Ceiling(value.TotalMilliseconds)}");
}
