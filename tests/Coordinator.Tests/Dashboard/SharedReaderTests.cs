using Coordinator.Dashboard.Live;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Dashboard;

public sealed class SharedReaderTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeReader _reader = new();
    private readonly SharedReader _shared;

    public SharedReaderTests() => _shared = new SharedReader(_reader, _clock);

    [Fact]
    public async Task All_who_ask_the_same_within_a_second_share_an_answer()
    {
        var first = await _shared.ReadAsync(10);
        Assert.Same(first, await _shared.ReadAsync(10));
        Assert.Equal(1, _reader.Asked);
        await _shared.ReadAsync(20);
        await _shared.ReadAsync(Some.Table);
        Assert.Equal(3, _reader.Asked);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _shared.ReadAsync(10);
        Assert.Equal(4, _reader.Asked);
    }

    [Fact]
    public async Task Who_asks_while_the_silos_are_being_asked_waits_for_that_answer()
    {
        var answer = _reader.Hold();
        var first = _shared.ReadAsync(10);
        _clock.Advance(TimeSpan.FromSeconds(30));
        var second = _shared.ReadAsync(10);
        answer.SetResult();
        Assert.Same(await first, await second);
        Assert.Equal(1, _reader.Asked);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        _reader.Failure = new TimeoutException("away");
        await Assert.ThrowsAsync<TimeoutException>(() => _shared.ReadAsync(10));
        _reader.Failure = null;
        Assert.NotNull(await _shared.ReadAsync(10));
    }
}
