using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Npgsql.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Warehouses;

public sealed class StatementWatchTests : IDisposable, ISessionLooks
{
    private const int Session = 4711;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<int> _statement = new();
    private readonly CancellationTokenSource _caller = new();
    private readonly List<DateTimeOffset> _looks = [];
    private readonly DateTimeOffset _began;
    private Func<bool> _isLost = static () => false;
    private Func<bool> _isSilent = static () => false;
    private int? _ended;

    public StatementWatchTests() => _began = _time.GetUtcNow();

    private StatementWatch Watch => new(Interval, this, _time, NullLogger.Instance);

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task A_short_statement_is_not_looked_at()
    {
        var running = RunAsync(static () => true);
        _statement.SetResult(7);
        Assert.Equal(7, await running);
        Assert.Empty(_looks);
    }

    [Fact]
    public async Task A_statement_that_goes_on_is_looked_at_once_an_interval()
    {
        var running = RunAsync(static () => false);
        await PassAsync(until: 3);
        Assert.All(_looks.Zip(_looks.Prepend(_began)), static pair => Assert.True(pair.First - pair.Second >= Interval));
        _statement.SetResult(7);
        Assert.Equal(7, await running);
    }

    [Fact]
    public async Task A_lost_statement_is_cancelled_and_its_connection_at_fault()
    {
        var running = RunAsync(static () => true);
        await PassAsync(until: 1);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => running);
        Assert.Equal((FailureKind.Unavailable, FailureCause.Connection), (failure.Kind, failure.Cause));
        Assert.Contains("Session 4711", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_not_lost()
    {
        var running = RunAsync(static () => throw new WarehouseException(FailureKind.Unavailable, "away"));
        await PassAsync(until: 2);
        _statement.SetResult(7);
        Assert.Equal(7, await running);
    }

    [Fact]
    public async Task A_callers_cancellation_stays_one()
    {
        var running = RunAsync(static () => false);
        await _caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Brief_statements_are_left_alone_while_the_server_answers()
    {
        var running = RunBriefAsync(static () => false);
        await PassAsync(until: 5);
        _statement.SetResult(7);
        Assert.Equal(7, await running);
        Assert.Null(_ended);
    }

    [Fact]
    public async Task Brief_statements_are_given_up_once_the_server_answers_again_after_a_silence()
    {
        var running = RunBriefAsync(() => _looks.Count is 2 or 3);
        await PassAsync(until: 3);
        Assert.False(running.IsCompleted);
        await PassAsync(until: 4);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => running);
        Assert.Equal((FailureKind.Unavailable, FailureCause.Connection, Session), (failure.Kind, failure.Cause, _ended));
        Assert.True(_looks[3] - _looks[2] < Interval, "a server that was silent is asked again soon");
    }

    [Fact]
    public async Task A_server_that_is_silent_for_good_costs_the_statement_nothing()
    {
        var running = RunBriefAsync(static () => true);
        await PassAsync(until: 3);
        _statement.SetResult(7);
        Assert.Equal(7, await running);
    }

    private async Task PassAsync(int until)
    {
        for (var i = 0; i < 1_000 && _looks.Count < until; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        Assert.True(_looks.Count >= until);
    }

    private Task<int> RunAsync(Func<bool> isLost)
    {
        _isLost = isLost;
        return Watch.RunAsync(Session, token => _statement.Task.WaitAsync(token), _caller.Token);
    }

    private Task<int> RunBriefAsync(Func<bool> isSilent)
    {
        _isSilent = isSilent;
        return Watch.RunBriefAsync(Session, token => _statement.Task.WaitAsync(token), _caller.Token);
    }

    Task<bool> ISessionLooks.EndIfLostAsync(int processId, TimeSpan resting, CancellationToken cancellationToken)
    {
        Assert.Equal((Session, Interval), (processId, resting));
        _looks.Add(_time.GetUtcNow());
        return Task.FromResult(_isLost());
    }

    Task ISessionLooks.AskAsync(int? processId, CancellationToken cancellationToken)
    {
        _looks.Add(_time.GetUtcNow());
        if (_isSilent()) return Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        _ended = processId;
        return Task.CompletedTask;
    }
}
