using Coordinator.Core.Warehouses;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>Watches statements from a second connection. While a statement runs nothing passes on its own connection, so its answer, or the
/// end of its session, can be lost on the way without either end hearing of it. And after a network has lost packets for a while, TCP goes on
/// waiting for about as long again before it sends them once more.</summary>
/// <param name="interval">How often it looks, and how long a statement may run before the first look.</param>
/// <param name="looks">What it asks the server.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives what prevents a look.</param>
internal sealed partial class StatementWatch(TimeSpan interval, ISessionLooks looks, TimeProvider time, ILogger logger)
{
    /// <summary>How long a look may last before the server counts as silent.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>How soon a server that was silent is asked again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long a cancelled statement may take to end. Npgsql does not cancel while it waits for the answer to what it sends before a
    /// statement, such as BEGIN or DISCARD ALL.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>In intervals: when statements that take a moment are looked at. They end by themselves, nearly always.</summary>
    private const int Brief = 2;

    /// <summary>Runs a statement that may last.</summary>
    /// <exception cref="WarehouseException">Unavailable: its session, or its answer, is lost. Its transaction is rolled back.</exception>
    public Task<T> RunAsync<T>(int processId, Func<CancellationToken, Task<T>> statement, CancellationToken cancellationToken) => RunAsync(
        statement,
        interval,
        (_, token) => looks.EndIfLostAsync(processId, interval, token),
        processId,
        FailureKind.Unavailable,
        "ended, or the answer to its statement was lost on the way; it is rolled back",
        cancellationToken);

    /// <summary>Runs COMMIT. The token of <paramref name="commit"/> is cancelled only when the session or the answer is lost.</summary>
    /// <exception cref="WarehouseException">Unknown: COMMIT may have taken effect.</exception>
    public Task CommitAsync(int processId, Func<CancellationToken, Task> commit) => RunAsync(
        WithResult(commit),
        interval,
        (_, token) => looks.EndIfLostAsync(processId, interval, token),
        processId,
        FailureKind.Unknown,
        "ended, or its answer was lost on the way, while COMMIT was under way",
        CancellationToken.None);

    /// <summary>Runs statements that take a moment, and may send rows meanwhile. They count as lost once the server answers again after it was
    /// silent.</summary>
    /// <param name="processId">The session, which is then ended; null if its number on the server is not certain.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="cancellationToken">Cancels them.</param>
    /// <exception cref="WarehouseException">Unavailable: they are lost, and may not even have ended. Their transaction is rolled back.</exception>
    public Task<T> RunBriefAsync<T>(int? processId, Func<CancellationToken, Task<T>> statements, CancellationToken cancellationToken) => RunAsync(
        statements,
        Brief * interval,
        async (wasSilent, token) =>
        {
            await looks.AskAsync(wasSilent ? processId : null, token).ConfigureAwait(false);
            return wasSilent;
        },
        processId,
        FailureKind.Unavailable,
        "was given up, because the warehouse answers again after a silence, and what was sent before it may be lost",
        cancellationToken);

    /// <inheritdoc cref="RunBriefAsync{T}"/>
    public Task RunBriefAsync(int? processId, Func<CancellationToken, Task> statements, CancellationToken cancellationToken) =>
        RunBriefAsync(processId, WithResult(statements), cancellationToken);

    private static Func<CancellationToken, Task<bool>> WithResult(Func<CancellationToken, Task> work) => async token =>
    {
        await work(token).ConfigureAwait(false);
        return true;
    };

    private async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> statement, TimeSpan every, Func<bool, CancellationToken, Task<bool>> isLost, int? processId,
        FailureKind kind, string what, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = statement(lost.Token);
        var wasSilent = false;
        while (!running.IsCompleted && !await IsOverAsync(running, wasSilent ? Pause : every).ConfigureAwait(false))
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var look = LookAsync(token => isLost(wasSilent, token), over.Token);
            if (await Task.WhenAny(running, look).ConfigureAwait(false) == running)
            {
                await over.CancelAsync().ConfigureAwait(false);
                break;
            }

            var (answer, silence) = await look.ConfigureAwait(false);
            if (silence is not null && !wasSilent) LogNotWatched(logger, Name(processId), silence);
            wasSilent |= silence is not null;
            if (!answer) continue;
            await lost.CancelAsync().ConfigureAwait(false);
            if (!await IsOverAsync(running, Grace).ConfigureAwait(false)) throw Lost(processId, kind, what);
        }

        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Lost(processId, kind, what);
        }
    }

    private static WarehouseException Lost(int? processId, FailureKind kind, string what) =>
        new(kind, $"{Name(processId)} {what}.") { Cause = FailureCause.Connection };

    private static string Name(int? processId) => processId is { } id ? $"Session {id}" : "A session";

    private async Task<bool> IsOverAsync(Task running, TimeSpan wait)
    {
        using var over = new CancellationTokenSource();
        var first = await Task.WhenAny(running, Task.Delay(wait, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return first == running;
    }

    /// <summary>What a look says, or why the server does not answer.</summary>
    private async Task<(bool Answer, string? Silence)> LookAsync(
        Func<CancellationToken, Task<bool>> look, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Npgsql cancels by a message on a new connection, and a silent server keeps it waiting for that, too.
            return (await look(either.Token).WaitAsync(either.Token).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is WarehouseException or System.Data.Common.DbException)
        {
            return (false, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The statement itself answers to the cancellation.
            return (false, null);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (false, $"no answer for {Limit.TotalSeconds} s");
        }
    }

    [LoggerMessage(3005, LogLevel.Warning, "{Session} may be at its statement or lost; the warehouse cannot be asked now: {Reason}")]
    private static partial void LogNotWatched(ILogger logger, string session, string reason);
}
