using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Npgsql.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Warehouses;

public sealed class StatementWatchTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<int> _statement = new();
    private readonly CancellationTokenSource _caller = new();
    private int _looks;

    [Fact]
    public async Task A_short_statement_is_not_looked_at()
    {
        var running = RunAsync(static () => true);
        _statement.SetResult(7);
        Assert.Equal(7, await running);
        Assert.Equal(0, _looks);
    }

    [Fact]
    public async Task A_statement_that_goes_on_is_looked_at_once_an_interval()
    {
        var running = RunAsync(static () => false);
        for (var i = 1; i <= 3; i++)
        {
            _time.Advance(Interval);
            Assert.Equal(i, _looks);
        }

        _statement.SetResult(7);
        Assert.Equal(7, await running);
    }

    [Fact]
    public async Task A_lost_statement_is_cancelled_and_its_connection_at_fault()
    {
        var running = RunAsync(static () => true);
        _time.Advance(Interval);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => running);
        Assert.Equal((FailureKind.Unavailable, FailureCause.Connection), (failure.Kind, failure.Cause));
        Assert.Contains("Session 4711", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_not_lost()
    {
        var running = RunAsync(static () => throw new WarehouseException(FailureKind.Unavailable, "away"));
        _time.Advance(Interval);
        _time.Advance(Interval);
        _statement.SetResult(7);
        Assert.Equal(7, await running);
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task A_callers_cancellation_stays_one()
    {
        var running = RunAsync(static () => false);
        await _caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private Task<int> RunAsync(Func<bool> isLost)
    {
        var watch = new StatementWatch(
            Interval,
            (processId, waiting, _) =>
            {
                Assert.Equal((4711, Interval), (processId, waiting));
                _looks++;
                return Task.FromResult(isLost());
            },
            _time,
            NullLogger.Instance);
        return watch.RunAsync(4711, token => _statement.Task.WaitAsync(token), _caller.Token);
    }
}
