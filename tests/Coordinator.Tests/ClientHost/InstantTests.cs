using Coordinator.ClientHost.Commands;

namespace Coordinator.Tests.ClientHost;

public sealed class InstantTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("90s", "2026-07-01T11:58:30Z")]
    [InlineData("1.5h", "2026-07-01T10:30:00Z")]
    [InlineData("7d", "2026-06-24T12:00:00Z")]
    [InlineData("2026-07-01T14:00+02:00", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01 09:30", "2026-07-01T09:30:00Z")]
    public void An_instant_is_how_long_ago_or_a_time(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Instant.Parse(text, Now));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("1 hour")]
    [InlineData("99999999999d")]
    [InlineData("1e400s")]
    [InlineData("yesterday")]
    public void Everything_else_is_none(string text) => Assert.Null(Instant.Parse(text, Now));
}
