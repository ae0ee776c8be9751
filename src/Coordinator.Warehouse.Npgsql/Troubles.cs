using System.Collections.Concurrent;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Npgsql;

/// <summary>What only an operator can mend: a missing right, and a ledger that was dropped. Each is logged when it is met and at most every minute
/// after that. A missing right counts as mended when it was not met for two minutes; a dropped ledger is reported for an hour.</summary>
internal sealed class Troubles(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Repeat = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RightLasts = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LossLasts = TimeSpan.FromHours(1);

    // Few, because each names what is missing.
    private readonly ConcurrentDictionary<string, Met> _met = new(StringComparer.Ordinal);

    /// <summary>What an operator must mend; null if nothing is known.</summary>
    public string? Latest => _met.Where(met => time.GetElapsedTime(met.Value.At) < met.Value.Lasts).OrderByDescending(static met => met.Value.At)
        .Select(static met => met.Key).FirstOrDefault();

    /// <summary>Reports a failure, if a right is missing.</summary>
    public void OnFailure(WarehouseException failure)
    {
        if (failure.Cause != FailureCause.Permission) return;
        var now = time.GetTimestamp();
        var isLogged = !_met.TryGetValue(failure.Message, out var before) || time.GetElapsedTime(before.LoggedAt, now) >= Repeat;
        if (isLogged) NpgsqlWarehouseLog.Permission(logger, failure.Message);
        _met[failure.Message] = new Met(now, isLogged ? now : before.LoggedAt, RightLasts);
    }

    /// <summary>Reports that a ledger was dropped, which is the coordinator's memory of what is committed.</summary>
    public void OnLedgerLost(TableName table)
    {
        var loss = $"The ledger of {table} was dropped, and the new one is empty: an intent that the old one had is written a second time if it is "
            + "submitted again. Restore the old ledger's rows if there is a copy, and leave the schema coordinator as it is.";
        NpgsqlWarehouseLog.LedgerLost(logger, loss);
        var now = time.GetTimestamp();
        _met[loss] = new Met(now, now, LossLasts);
    }

    private readonly record struct Met(long At, long LoggedAt, TimeSpan Lasts);
}
