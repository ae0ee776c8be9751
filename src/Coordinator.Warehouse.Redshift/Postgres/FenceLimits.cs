using System.Globalization;

namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>Settings of one transaction that keep a rival, frozen in its own, from holding everybody up. SET LOCAL: nothing stays in the session.</summary>
internal sealed record FenceLimits(IReadOnlyList<string> Before, IReadOnlyList<string> After)
{
    /// <summary>For inserts: rows, too, wait no longer than this for somebody's lock on the table.</summary>
    public static FenceLimits ForInserts(PostgresWarehouseOptions options) => new(
        [
            Set("lock_timeout", options.FenceTimeout),
            Set("idle_in_transaction_session_timeout", options.IdleTimeout),
        ],
        []);

    /// <summary>For updates: past the fence their SQL may wait for locks as long as it may run.</summary>
    public static FenceLimits ForUpdates(PostgresWarehouseOptions options) => ForInserts(options) with { After = ["SET LOCAL lock_timeout TO DEFAULT"] };

    private static string Set(string setting, TimeSpan value) => string.Create(CultureInfo.InvariantCulture, $"SET LOCAL {setting} = {(long)Math.Ceiling(value.TotalMilliseconds)}");
}
