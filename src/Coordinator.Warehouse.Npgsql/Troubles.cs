using System.Collections.Concurrent;
using Coordinator.Core.Warehouses;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Npgsql;

/// <summary>Mistakes of an operator, such as a missing right, that failed the coordinator's own statements. Each is logged when it is met and at
/// most every minute after that, and counts as mended when it was not met for two.</summary>
internal sealed class Troubles(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Repeat = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(2);

    // Few, because each names what is missing.
    private readonly ConcurrentDictionary<string, (long MetAt, long LoggedAt)> _met = new(StringComparer.Ordinal);

    /// <summary>What an operator must mend; null if nothing is known.</summary>
    public string? Latest => _met.Where(met => time.GetElapsedTime(met.Value.MetAt) < Lasts).OrderByDescending(static met => met.Value.MetAt)
        .Select(static met => met.Key).FirstOrDefault();

    /// <summary>Reports a failure, if it is of that kind.</summary>
    public void OnFailure(WarehouseException failure)
    {
        if (failure.Cause != FailureCause.Permission) return;
        var now = time.GetTimestamp();
        var isLogged = !_met.TryGetValue(failure.Message, out var before) || time.GetElapsedTime(before.LoggedAt, now) >= Repeat;
        if (isLogged) NpgsqlWarehouseLog.Permission(logger, failure.Message);
        _met[failure.Message] = (now, isLogged ? now : before.LoggedAt);
    }
}
