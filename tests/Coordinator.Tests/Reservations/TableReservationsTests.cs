using Coordinator.Core.Reservations;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Tables;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Reservations;

/// <summary>The reservations of one update, over tables that answer, refuse or say nothing.</summary>
public sealed class TableReservationsTests
{
    private static readonly TableName A = TableName.Parse("a");
    private static readonly TableName B = TableName.Parse("b");

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeTurns _turns = new();

    // A silent table is asked once, until the reservation ends.
    private readonly ReservationOptions _options = new() { MaxWait = TimeSpan.FromSeconds(5), AskTimeout = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task Every_table_is_asked_in_order_and_released_in_the_end()
    {
        var reservations = Of(A, B);
        await reservations.AcquireAsync(default);
        Assert.Equal([A, B], _turns.Asked.Select(static asked => asked.Table));
        Assert.All(_turns.Asked, asked => Assert.Equal((_options.Lease, false), (asked.Request.Lease, asked.Request.Renew)));
        Assert.Equal((ReservationMode.Exclusive, "job"), (_turns.Asked[0].Request.Mode, _turns.Asked[0].Request.Source));
        Assert.True(await reservations.StandAsync(default));
        Assert.Equal([A, B], _turns.Asked.Skip(2).Where(static asked => asked.Request.Renew).Select(static asked => asked.Table));
        await reservations.DisposeAsync();
        Assert.Equal([A, B], _turns.Released.Order());
    }

    [Fact]
    public async Task Tables_that_are_not_to_be_had_in_time_are_named_with_what_they_answered_last()
    {
        _turns.OnReserve = static (table, _) =>
            table == A ? FakeTurns.Granted() : Task.FromException<ReserveResponse>(new TableLockedException("The lock is held by silo 7."));
        await using var reservations = Of(A, B);
        var expired = await Assert.ThrowsAsync<IntentExpiredException>(() => _clock.RunAsync(reservations.AcquireAsync(default)));
        Assert.Equal(
            $"Update {Some.Id(1)} waited 00:00:05 for its tables and did not get public.b. It did not run. The lock is held by silo 7.",
            expired.Message);
    }

    [Fact]
    public async Task A_table_that_is_only_busy_adds_nothing_to_the_reason()
    {
        var wasAway = false;
        _turns.OnReserve = async (_, _) =>
        {
            if (!wasAway)
            {
                wasAway = true;
                throw new QueueFullException("away");
            }

            await Task.Delay(TimeSpan.FromSeconds(1), _clock);
            return await FakeTurns.Refused();
        };
        await using var reservations = Of(A);
        var expired = await Assert.ThrowsAsync<IntentExpiredException>(() => _clock.RunAsync(reservations.AcquireAsync(default)));
        Assert.EndsWith("It did not run.", expired.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_goes_away_is_not_told_of_an_expiry()
    {
        _turns.OnReserve = static (_, _) => new TaskCompletionSource<ReserveResponse>().Task;
        await using var reservations = Of(A);
        using var caller = new CancellationTokenSource();
        var acquiring = reservations.AcquireAsync(caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acquiring);
    }

    [Fact]
    public async Task A_table_that_refuses_is_lost_and_the_others_change_nothing()
    {
        await using var reservations = Of(A, B);
        await reservations.AcquireAsync(default);
        _turns.OnReserve = static (table, _) => table == B ? FakeTurns.Refused() : FakeTurns.Granted();
        Assert.False(await reservations.StandAsync(default));
        Assert.True(reservations.Lost.IsCancellationRequested);
        Assert.Equal(B, reservations.LostTable);
        _turns.OnReserve = static (_, _) => FakeTurns.Refused();
        Assert.False(await reservations.StandAsync(default));
        Assert.Equal(B, reservations.LostTable);
    }

    [Fact]
    public async Task A_table_that_is_lost_once_stays_lost()
    {
        await using var reservations = Of(A);
        await reservations.AcquireAsync(default);
        _turns.OnReserve = static (_, _) => FakeTurns.Refused();
        Assert.False(await reservations.StandAsync(default));
        _turns.OnReserve = static (_, _) => FakeTurns.Granted();
        Assert.False(await reservations.StandAsync(default));
    }

    [Fact]
    public async Task The_word_of_another_activation_is_no_confirmation()
    {
        await using var reservations = Of(A);
        await reservations.AcquireAsync(default);
        _turns.OnReserve = static (_, _) => FakeTurns.Granted(new OwnerToken("successor"));
        Assert.False(await reservations.StandAsync(default));
        Assert.True(reservations.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Without_an_answer_a_reservation_lasts_as_long_as_its_lease_less_the_margin_and_no_longer()
    {
        await using var reservations = Of(_options with { RetryDelay = TimeSpan.Zero }, A);
        await reservations.AcquireAsync(default);
        _turns.OnReserve = static (_, _) => new TaskCompletionSource<ReserveResponse>().Task;
        var standing = reservations.StandAsync(default).AsTask();
        _clock.Advance(_options.Lease - _options.Margin - TimeSpan.FromMilliseconds(1));
        Assert.False(standing.IsCompleted || reservations.Lost.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await standing);
        Assert.True(reservations.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task It_is_renewed_without_being_asked_and_lasts_as_long_as_it_is()
    {
        await using var reservations = Of(A);
        await reservations.AcquireAsync(default);
        for (var renewals = 1; renewals <= 12; renewals++)
        {
            _clock.Advance(_options.RenewalPeriod);
            await TestServers.Eventually.TrueAsync("it is renewed", () =>
            {
                lock (_turns.Asked) return _turns.Asked.Count(static asked => asked.Request.Renew) == renewals;
            });
        }

        Assert.False(reservations.Lost.IsCancellationRequested);
        Assert.True(await reservations.StandAsync(default));
    }

    [Fact]
    public async Task A_table_that_does_not_answer_is_asked_again()
    {
        await using var reservations = Of(A);
        await reservations.AcquireAsync(default);
        var failures = 2;
        _turns.OnReserve = (_, _) =>
            failures-- > 0 ? Task.FromException<ReserveResponse>(new QueueFullException("away")) : FakeTurns.Granted();
        Assert.True(await _clock.RunAsync(reservations.StandAsync(default).AsTask()));
        Assert.Equal(3, _turns.Asked.Count(static asked => asked.Request.Renew));
    }

    [Fact]
    public async Task An_answer_that_came_during_a_pause_of_the_process_is_asked_for_again()
    {
        await using var reservations = Of(A);
        await reservations.AcquireAsync(default);
        var pauses = 1;
        _turns.OnReserve = (_, _) =>
        {
            if (pauses-- > 0) _clock.Advance(_options.Freshness + TimeSpan.FromMilliseconds(1));
            return FakeTurns.Granted();
        };
        Assert.True(await reservations.StandAsync(default));
        Assert.Equal(2, _turns.Asked.Count(static asked => asked.Request.Renew));
    }

    private TableReservations Of(params TableName[] tables) => Of(_options, tables);

    private TableReservations Of(ReservationOptions options, params TableName[] tables) => new(
        Some.Id(1), new Holder(new HolderId("try"), default, "job"), [.. tables.Select(static t => (t, ReservationMode.Exclusive))], _turns, options,
        _clock);
}
