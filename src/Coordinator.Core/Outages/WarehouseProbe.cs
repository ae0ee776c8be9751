using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Outages;

/// <summary>Asks the warehouse whether it answers, for a few seconds and no longer: one that is frozen, or behind a network that drops packets,
/// refuses nothing.</summary>
public static class WarehouseProbe
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Returns once the warehouse has answered.</summary>
    /// <exception cref="WarehouseException">It does not answer, or not in time.</exception>
    public static async Task AskAsync(IWarehouse warehouse, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(warehouse);
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Not every driver hears a cancellation while it waits for a silent server.
            await warehouse.CheckAsync(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new WarehouseException(FailureKind.Unavailable, $"{warehouse.Name} has not answered for {Limit.TotalSeconds} s.")
            {
                Cause = FailureCause.Connection,
            };
        }
    }
}
