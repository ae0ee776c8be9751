using Coordinator.Core.Tracing;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Reservations;

/// <summary>An update's reservations: acquired one by one in the given order, renewed until released. A table without an answer is asked again
/// while the reservation lasts; only a refusal or the end of its lease loses it.</summary>
/// <param name="id">The update.</param>
/// <param name="holder">The holder, unique for each try: the next try with the same id takes over its place.</param>
/// <param name="tables">The tables, in the global order of reservations (<see cref="TableSets.TableSet"/>).</param>
/// <param name="turns">The tables' grains.</param>
/// <param name="options">The times.</param>
/// <param name="clock">The holder's clock.</param>
public sealed class TableReservations(
    IntentId id, Holder holder, IReadOnlyList<(TableName Table, ReservationMode Mode)> tables, ITableTurns turns, ReservationOptions options,
    TimeProvider clock) : IAsyncDisposable
{
    private readonly List<GrantedReservation> _granted = [];
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _done = new();
    private readonly List<Task> _keeping = [];
    private CoordinatorException? _noAnswer;

    /// <summary>Cancelled when a table is lost: it refused, or did not answer until the lease was over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>The lost table, if any.</summary>
    public TableName? LostTable { get; private set; }

    /// <summary>Waits for all tables.</summary>
    /// <exception cref="IntentExpiredException">Not all tables became available in time.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or a table was lost during the wait for the next.</exception>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.MaxWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _lost.Token, cancellationToken);
        foreach (var (table, mode) in tables)
        {
            try
            {
                var reservation = await AcquireAsync(table, mode, either.Token);
                _granted.Add(reservation);
                // Each reservation separately: a table without an answer does not delay the others.
                _keeping.Add(KeepAsync(reservation));
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new IntentExpiredException($"Update {id} waited {options.MaxWait} for its tables and did not get {table}. It did not "
                    + $"run.{(_noAnswer is null ? "" : $" {_noAnswer.Message}")}");
            }
        }
    }

    /// <summary>Asks every table again whether the reservation is valid, repeatedly without an answer, as long as the leases last. True only for a
    /// fresh answer.</summary>
    public async ValueTask<bool> StandAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var asked = clock.GetTimestamp();
            var answers = await Task.WhenAll(_granted.Select(reservation => StandsAsync(reservation, cancellationToken)));
            if (_lost.IsCancellationRequested || !Array.TrueForAll(answers, static stands => stands)) return false;
            // An answer that was received during a pause of this process may be outdated.
            if (clock.GetElapsedTime(asked) <= options.Freshness) return true;
        }
    }

    /// <summary>Releases all reservations and waits. A table that does not receive the release waits for the end of the lease.</summary>
    public async ValueTask DisposeAsync()
    {
        _done.Cancel();
        await Task.WhenAll(_keeping);
        await Task.WhenAll(tables.Select(t => ReleaseAsync(t.Table)));
        _lost.Dispose();
        _done.Dispose();
    }

    private async Task<GrantedReservation> AcquireAsync(TableName table, ReservationMode mode, CancellationToken cancellationToken)
    {
        using var span = CoordinatorSpans.StartReserve(table, mode);
        var request = new ReserveRequest
        {
            Id = id,
            Mode = mode,
            Source = holder.Source,
            Lease = options.Lease,
            Holder = holder.Token,
            Silo = holder.Silo,
            TraceParent = CoordinatorSpans.TraceParentOf(span),
        };
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var asked = clock.GetTimestamp();
            if (await AskAsync(table, request, options.AskTimeout, cancellationToken) is not { } response)
                await Task.Delay(options.RetryDelay, clock, cancellationToken);
            else if (response.Granted) return new GrantedReservation(table, request) { Grantor = response.Activation, StandsUntil = End(asked) };
        }
    }

    private async Task KeepAsync(GrantedReservation reservation)
    {
        try
        {
            do
            {
                await Task.Delay(options.RenewalPeriod, clock, _done.Token);
            }
            while (await StandsAsync(reservation, _done.Token));
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
            // Released.
        }
    }

    /// <summary>Confirms a reservation, with as many requests as necessary. False once it is lost.</summary>
    private async Task<bool> StandsAsync(GrantedReservation reservation, CancellationToken cancellationToken)
    {
        while (clock.GetTimestamp() is var now && now < reservation.StandsUntil)
        {
            var left = clock.GetElapsedTime(now, reservation.StandsUntil);
            var limit = left < options.AskTimeout ? left : options.AskTimeout;
            if (await AskAsync(reservation.Table, reservation.Renewal, limit, cancellationToken) is { } response)
            {
                if (!response.Granted || response.Activation != reservation.Grantor) break;
                reservation.StandsUntil = Math.Max(reservation.StandsUntil, End(now));
                return true;
            }

            await Task.Delay(options.RetryDelay, clock, cancellationToken);
        }

        LostTable ??= reservation.Table;
        _lost.Cancel();
        return false;
    }

    /// <summary>The answer; null if there is none for now.</summary>
    private async Task<ReserveResponse?> AskAsync(TableName table, ReserveRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var response = await turns.ReserveAsync(table, request).WaitAsync(timeout, clock, cancellationToken);
            if (!request.Renew) _noAnswer = null;
            return response;
        }
        catch (Exception failure) when (failure is CoordinatorException or TimeoutException)
        {
            if (!request.Renew) _noAnswer = failure as CoordinatorException;
            return null;
        }
    }

    private async Task ReleaseAsync(TableName table)
    {
        try
        {
            await turns.ReleaseAsync(table, id, holder.Token);
        }
        catch (CoordinatorException)
        {
            // The reservation ends with its lease.
        }
    }

    private long End(long asked) => asked + (long)((options.Lease - options.Margin).TotalSeconds * clock.TimestampFrequency);
}
