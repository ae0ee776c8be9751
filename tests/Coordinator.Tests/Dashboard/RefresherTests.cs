using Coordinator.Dashboard.Live;
using Coordinator.TestServers;
using Microsoft.Extensions.Time.Testing;
using Microsoft.JSInterop;

namespace Coordinator.Tests.Dashboard;

public sealed class RefresherTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(Contended.Now);
    private readonly Refresher _refresher;

    public RefresherTests() => _refresher = new Refresher(_clock, new NoScript());

    // The seconds at which the reader was called.
    private List<int> Read { get; } = [];

    public ValueTask DisposeAsync() => _refresher.DisposeAsync();

    [Fact]
    public async Task A_page_is_read_again_once_a_second_unless_it_is_paused_or_hidden()
    {
        await _refresher.ShowAsync(RefreshAsync);
        await UntilReadAt(1);
        _refresher.IsPaused = true;
        _clock.Advance(TimeSpan.FromSeconds(1));
        _refresher.IsPaused = false;
        _refresher.SetVisible(false);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _refresher.SetVisible(true);
        await UntilReadAt(4);
        Assert.Equal([1, 4], Seconds().Distinct());
    }

    [Fact]
    public async Task A_reading_that_takes_long_is_not_overtaken_by_the_next()
    {
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (running, most) = (0, 0);
        await _refresher.ShowAsync(async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await RefreshAsync();
            await slow.Task;
            Interlocked.Decrement(ref running);
        });
        await UntilReadAt(1);
        for (var i = 0; i < 5; i++) _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1], Seconds());
        slow.SetResult();
        await UntilReadAt(7);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_page_that_one_left_is_read_no_more()
    {
        await _refresher.ShowAsync(RefreshAsync);
        await UntilReadAt(1);
        var other = 0;
        await _refresher.ShowAsync(() => Task.FromResult(other++));
        // The page that was left is disposed after the next page began.
        _refresher.Hide(RefreshAsync);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync("the next page is read", () => other > 0);
        Assert.Equal([1], Seconds());
    }

    private Task RefreshAsync()
    {
        lock (Read) Read.Add((int)(_clock.GetUtcNow() - Contended.Now).TotalSeconds);
        return Task.CompletedTask;
    }

    private List<int> Seconds()
    {
        lock (Read) return [.. Read];
    }

    private Task UntilReadAt(int second)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return Eventually.TrueAsync($"read at {second} s", () => Seconds().Contains(second));
    }

    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => default;

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => default;
    }
}
