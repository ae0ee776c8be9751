using Coordinator.Core.Tracing;
using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>The frame of every writing transaction: begin, work, ask, commit; whatever fails rolls back.</summary>
internal static class DuckDbTransaction
{
    /// <summary>Runs work in a transaction of its own. Work that answers <c>Commit: false</c> has found nothing to write.</summary>
    public static async Task<T> RunAsync<T>(
        DuckDbConnections connections, Func<DuckDbSession, (T Result, bool Commit)> work, CommitCheck mayCommit, CancellationToken cancellationToken)
    {
        using var session = await connections.RentAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (result, commit) = await session.RunAsync(
                s =>
                {
                    s.Begin();
                    return work(s);
                },
                cancellationToken).ConfigureAwait(false);
            if (!commit) return result;
            if (!await mayCommit(cancellationToken).ConfigureAwait(false))
                throw new WarehouseException(FailureKind.TurnLost, "Rolled back: the turn was no longer certain at COMMIT.");
            cancellationToken.ThrowIfCancellationRequested();
            using var span = CoordinatorSpans.Start(CoordinatorSpans.CommitStatement);
            // From here on the caller's token counts no more: a commit that was asked for is heard to its end.
            await session.CommitAsync().ConfigureAwait(false);
            return result;
        }
        finally
        {
            await session.RollbackAsync().ConfigureAwait(false);
        }
    }
}
