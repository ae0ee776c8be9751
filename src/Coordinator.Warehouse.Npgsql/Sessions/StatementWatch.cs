using Coordinator.Core.Warehouses;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>Watches long statements from a second connection. While a statement runs nothing passes on its own connection, so its answer, or the
/// end of its session, can be lost on the way without either end hearing of it.</summary>
/// <param name="interval">How often it looks, and how long a statement may run before the first look.</param>
/// <param name="endIfLost">Whether a session, by its process id on the server, is not there any more, or has been waiting for its client for an
/// interval; then it ends the session, which holds locks.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives what prevents a look.</param>
internal sealed class StatementWatch(
    TimeSpan interval, Func<int, TimeSpan, CancellationToken, Task<bool>> endIfLost, TimeProvider time, ILogger logger)
{
    /// <summary>Runs a statement.</summary>
    /// <exception cref="WarehouseException">Unavailable: its session, or its answer, is lost. Its transaction is rolled back.</exception>
    public Task<T> RunAsync<T>(int processId, Func<CancellationToken, Task<T>> statement, CancellationToken cancellationToken) =>
        RunAsync(
            processId, statement, FailureKind.Unavailable, "ended, or the answer to its statement was lost on the way; it is rolled back",
            cancellationToken);

    /// <summary>Runs COMMIT. The token of <paramref name="commit"/> is cancelled only when the session or the answer is lost.</summary>
    /// <exception cref="WarehouseException">Unknown: COMMIT may have taken effect.</exception>
    public Task CommitAsync(int processId, Func<CancellationToken, Task> commit) => RunAsync(
        processId,
        async token =>
        {
            await commit(token).ConfigureAwait(false);
            return true;
        },
        FailureKind.Unknown, "ended, or its answer was lost on the way, while COMMIT was under way", CancellationToken.None);

    private async Task<T> RunAsync<T>(
        int processId, Func<CancellationToken, Task<T>> statement, FailureKind kind, string what, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = statement(lost.Token);
        while (!await IsOverAsync(running).ConfigureAwait(false))
        {
            if (!await IsLostAsync(processId, cancellationToken).ConfigureAwait(false)) continue;
            await lost.CancelAsync().ConfigureAwait(false);
            break;
        }

        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new WarehouseException(kind, $"Session {processId} {what}.") { Cause = FailureCause.Connection };
        }
    }

    private async Task<bool> IsOverAsync(Task running)
    {
        using var over = new CancellationTokenSource();
        var first = await Task.WhenAny(running, Task.Delay(interval, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return first == running;
    }

    private async Task<bool> IsLostAsync(int processId, CancellationToken cancellationToken)
    {
        try
        {
            return await endIfLost(processId, interval, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WarehouseException or System.Data.Common.DbException)
        {
            NpgsqlWarehouseLog.NotWatched(logger, processId, e.Message);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The statement itself answers to the cancellation.
            return false;
        }
    }
}
