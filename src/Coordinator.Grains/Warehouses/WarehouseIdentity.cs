using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Warehouses;

/// <summary>Which warehouse the silo writes to: asked once, and compared with the one that a client means. An address of a gateway can come to
/// belong to another cluster with the same id, and rows must not go to its warehouse.</summary>
internal sealed partial class WarehouseIdentity(IWarehouse warehouse, TimeProvider clock, ILogger<WarehouseIdentity> logger)
{
    /// <summary>When to ask again while the warehouse does not answer.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // A caller hears the reason while it still listens.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LogPeriod = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Task<WarehouseId>? _asked;
    private long? _loggedAt;

    /// <summary>The warehouse; null until it has answered.</summary>
    public WarehouseId? Known { get; private set; }

    /// <summary>The warehouse, which is asked if it has not answered yet.</summary>
    /// <exception cref="WarehouseException">It does not answer.</exception>
    public async Task<WarehouseId> FindAsync()
    {
        Task<WarehouseId> asked;
        lock (_gate)
        {
            if (_asked is null or { IsFaulted: true } or { IsCanceled: true }) _asked = AskAsync();
            asked = _asked;
        }

        try
        {
            return await asked.WaitAsync(Limit, clock);
        }
        catch (TimeoutException)
        {
            throw new WarehouseException(FailureKind.Unavailable, $"{warehouse.Name} has not answered for {Limit.TotalSeconds} s.")
            {
                Cause = FailureCause.Connection,
            };
        }
    }

    /// <summary>Returns if a client means this silo's warehouse, or does not know which one it means.</summary>
    /// <param name="meant">The id that the client has.</param>
    /// <param name="what">What the client asks for, as the begin of a sentence.</param>
    /// <exception cref="OtherWarehouseException">It means another one.</exception>
    /// <exception cref="WarehouseUnavailableException">The warehouse does not answer.</exception>
    public async ValueTask EnsureAsync(Guid meant, string what)
    {
        if (meant == Guid.Empty || meant == Known?.Id) return;
        WarehouseId own;
        try
        {
            own = await FindAsync();
        }
        catch (WarehouseException failure)
        {
            throw new WarehouseUnavailableException(
                $"{what}: the warehouse is unavailable, and this call wrote nothing. ({failure.Message})", RetryAfter);
        }

        if (own.Id == meant || own == WarehouseId.Unknown) return;
        var message = $"{what}: this silo writes to {own.Text}, and its caller has written to another warehouse since it started. This call wrote "
            + "nothing. The address of the caller's gateway now belongs to another cluster, or the silos of one cluster have different "
            + "settings: compare Coordinator:Warehouse and Coordinator:Clustering, and give each cluster a ClusterId of its own. If the warehouse "
            + "was moved, restart the caller.";
        if (IsTimeToLog()) LogOther(message);
        throw new OtherWarehouseException(message);
    }

    private async Task<WarehouseId> AskAsync()
    {
        WarehouseId id;
        try
        {
            id = WarehouseId.Of(await warehouse.IdentifyAsync(CancellationToken.None));
        }
        catch (WarehouseException failure) when (failure.Kind == FailureKind.Rejected)
        {
            LogUnknown(warehouse.Name, failure.Message);
            id = WarehouseId.Unknown;
        }

        Known = id;
        return id;
    }

    private bool IsTimeToLog()
    {
        lock (_gate)
        {
            if (_loggedAt is { } at && clock.GetElapsedTime(at) < LogPeriod) return false;
            _loggedAt = clock.GetTimestamp();
            return true;
        }
    }

    [LoggerMessage(2240, LogLevel.Error, "{Refusal}")]
    private partial void LogOther(string refusal);

    [LoggerMessage(2241, LogLevel.Warning,
        "{Warehouse} does not tell which one it is, so a client that comes from another cluster is not noticed: {Reason}")]
    private partial void LogUnknown(string warehouse, string reason);
}
