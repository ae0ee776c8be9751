using Coordinator.Client.Connecting;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Client;

/// <summary>What a client's log has while no silo answers.</summary>
public sealed class SiloOutageTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly RecordingLogger<SiloOutage> _log = new();
    private readonly SiloOutage _outage;

    public SiloOutageTests() => _outage = new SiloOutage(_clock, _log);

    [Fact]
    public void It_is_one_line_at_the_begin_one_a_minute_and_one_at_the_end()
    {
        for (var second = 0; second <= 64; second++)
        {
            Fail();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _outage.OnAnswered();
        Assert.Equal(
            [
                "No silo answers: gone",
                "No silo has answered for 00:01:03, 64 attempts failed: gone",
                "A silo answers again after 00:01:05 and 65 failed attempts",
            ],
            _log.Messages);
    }

    [Fact]
    public void What_a_retry_mends_is_not_told()
    {
        Fail();
        _clock.Advance(SiloOutage.Patience - TimeSpan.FromMilliseconds(1));
        Fail();
        _outage.OnAnswered();
        Assert.Empty(_log.Messages);
        Assert.False(_outage.IsFailing);
    }

    [Fact]
    public void One_long_attempt_without_an_answer_is_told_at_once_unless_others_had_answers()
    {
        var sent = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(9));
        _outage.AnsweredAt = _clock.GetTimestamp();
        _outage.OnFailed(new TimeoutException("lost"), sent);
        Assert.Empty(_log.Messages);
        _outage.OnAnswered();

        sent = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(9));
        _outage.OnFailed(new TimeoutException("lost"), sent);
        Assert.Equal(["No silo answers: lost"], _log.Messages);
    }

    private void Fail() => _outage.OnFailed(new TimeoutException("gone"), _clock.GetTimestamp());
}
