using Coordinator.Core.TableSets;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Updates;

/// <summary>An update's hold on its tables: taken one by one in the one order, renewed until given back.</summary>
internal sealed partial class TableReservations(
    UpdateIntent intent, IGrainFactory grains, GrainsOptions options, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private readonly List<(TableName Table, ReserveRequest Request, string Activation)> _held = [];
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _done = new();
    private Task _renewing = Task.CompletedTask;

    /// <summary>Cancelled when a table was revoked, or its grain moved and does not know of the hold.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Waits for every table.</summary>
    /// <exception cref="IntentExpiredException">They were not all to be had in time.</exception>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        _renewing = RenewAsync();
        using var patience = new CancellationTokenSource(options.ReservationMaxWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        foreach (var (table, mode) in TableSet.Of(intent))
        {
            var source = intent.Source.Length > 0 ? intent.Source : intent.Job;
            var request = new ReserveRequest { Id = intent.Id, Mode = mode, Source = source, Lease = options.ReservationLease };
            try
            {
                var activation = await AcquireAsync(table, request, either.Token);
                _held.Add((table, request.ToRenewal(), activation));
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                throw new IntentExpiredException($"Update {intent.Id} waited {options.ReservationMaxWait} for its tables and did not get {table}. It did not run.");
            }
        }
    }

    /// <summary>Asks every table's grain whether the hold still stands.</summary>
    public async ValueTask<bool> StandAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(_held.Select(held => StandsAsync(held.Table, held.Request, held.Activation)));
        cancellationToken.ThrowIfCancellationRequested();
        return Array.TrueForAll(answers, static stands => stands);
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _renewing;
        await Task.WhenAll(TableSet.Of(intent).Select(t => ReleaseAsync(t.Table)));
        _lost.Dispose();
        _done.Dispose();
    }

    private async Task<string> AcquireAsync(TableName table, ReserveRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var response = await Grain(table).ReserveAsync(request);
                if (response.Granted) return response.Activation;
            }
            catch (Exception failure) when (IsPassing(failure))
            {
                LogReserveFailed(logger, table, intent.Id, failure);
                await Task.Delay(RetryDelay, clock, cancellationToken);
            }
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(options.ReservationLease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_done.Token))
            {
                foreach (var (table, request, activation) in _held.ToArray())
                {
                    if (await StandsAsync(table, request, activation)) continue;
                    LogLost(logger, table, intent.Id);
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
            // Given back.
        }
    }

    /// <summary>A hold that another activation speaks for is no hold: that one may have let others in.</summary>
    private async Task<bool> StandsAsync(TableName table, ReserveRequest renewal, string activation)
    {
        try
        {
            var response = await Grain(table).ReserveAsync(renewal);
            return response.Granted && response.Activation == activation;
        }
        catch (Exception failure) when (IsPassing(failure))
        {
            LogReserveFailed(logger, table, intent.Id, failure);
            return false;
        }
    }

    private async Task ReleaseAsync(TableName table)
    {
        try
        {
            await Grain(table).ReleaseAsync(intent.Id);
        }
        catch (Exception failure) when (IsPassing(failure))
        {
            // The hold ends with its lease.
            LogReserveFailed(logger, table, intent.Id, failure);
        }
    }

    private ITableGrain Grain(TableName table) => grains.GetGrain<ITableGrain>(table.ToString());

    private static bool IsPassing(Exception failure) => failure is CoordinatorException or OrleansException or TimeoutException;
}
