using Coordinator.Jobs.Scheduling;
using Microsoft.Extensions.Time.Testing;
using SiloUnavailableException = Coordinator.Errors.SiloUnavailableException;

namespace Coordinator.Tests.Jobs;

/// <summary>A host's schedules follow the silos' clock, and the host says when its own is wrong.</summary>
public sealed class SiloClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _own = new(Start);
    private readonly RecordingLogger<SiloClock> _log = new();
    private readonly SiloClock _clock;
    private Func<DateTimeOffset> _silo = static () => Start;

    public SiloClockTests() => _clock = new SiloClock(() => Task.FromResult(_silo()), _own, _log);

    [Fact]
    public async Task Until_a_silo_answers_it_is_the_hosts_own_clock()
    {
        _silo = static () => throw new SiloUnavailableException("away");
        await _clock.MeasureAsync(CancellationToken.None);
        Assert.Equal(Start, _clock.GetUtcNow());
        Assert.Contains("away", Assert.Single(_log.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(120, "120.0 s ahead of the silo's")]
    [InlineData(-7_200, "7200.0 s behind the silo's")]
    public async Task A_host_with_a_wrong_clock_follows_the_silos_and_says_so(int seconds, string text)
    {
        _silo = () => Start.AddSeconds(-seconds);
        await _clock.MeasureAsync(CancellationToken.None);
        Assert.Equal(Start.AddSeconds(-seconds), _clock.GetUtcNow());
        var said = Assert.Single(_log.Messages);
        Assert.Contains(text, said, StringComparison.Ordinal);
        Assert.Contains($"{Start:O} here, {Start.AddSeconds(-seconds):O} there", said, StringComparison.Ordinal);

        _own.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Start.AddSeconds(5 - seconds), _clock.GetUtcNow());
    }

    [Fact]
    public async Task It_says_so_once_a_minute_at_each_change_and_when_it_is_over()
    {
        var ahead = 120;
        _silo = () => _own.GetUtcNow().AddSeconds(-ahead);
        await PassAsync(30);
        Assert.Single(_log.Messages);
        await PassAsync(40);
        Assert.Equal(2, _log.Messages.Count);
        ahead = 10;
        await PassAsync(0);
        Assert.Equal(3, _log.Messages.Count);
        ahead = 1;
        await PassAsync(30);
        Assert.Equal(4, _log.Messages.Count);
        Assert.Contains("agrees", _log.Messages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_goes_away_leaves_its_time_behind()
    {
        _silo = static () => Start.AddSeconds(-120);
        await _clock.MeasureAsync(CancellationToken.None);
        _silo = static () => throw new SiloUnavailableException("away");
        _own.Advance(TimeSpan.FromSeconds(10));
        await _clock.MeasureAsync(CancellationToken.None);
        Assert.Equal(Start.AddSeconds(-110), _clock.GetUtcNow());
    }

    /// <summary>Measures each ten seconds.</summary>
    private async Task PassAsync(int seconds)
    {
        for (var passed = 0; passed <= seconds; passed += 10)
        {
            await _clock.MeasureAsync(CancellationToken.None);
            _own.Advance(TimeSpan.FromSeconds(10));
        }
    }
}
