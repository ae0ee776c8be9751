using Coordinator.Core.Tracing;
using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>The frame of every writing transaction: begin, work, check, commit. Any failure rolls back.</summary>
internal static class WarehouseTransaction
{
    /// <summary>Runs work in a new transaction. Work that returns <c>Commit: false</c> had nothing to write.</summary>
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
            // The caller's token does not apply to COMMIT: once sent, its outcome is awaited.
            await session.CommitAsync().ConfigureAwait(false);
            return result;
        }
        finally
        {
            await session.RollbackAsync().ConfigureAwait(false);
        }
    }
}
