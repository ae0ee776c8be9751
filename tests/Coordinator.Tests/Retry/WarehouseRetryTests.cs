using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;

namespace Coordinator.Tests.Retry;

public sealed class WarehouseRetryTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    public async Task A_conflict_is_tried_again_as_often_as_the_settings_say_and_never_with_zero(int maxRetries, int expected)
    {
        var options = new RetryOptions { MaxRetries = maxRetries, Delay = TimeSpan.Zero };
        var tries = 0;
        var retries = 0;
        var retry = new WarehouseRetry(options, TimeProvider.System, new Random(1));
        await Assert.ThrowsAsync<WarehouseException>(async () => await retry.ExecuteAsync<int>(
            _ =>
            {
                tries++;
                throw new WarehouseException(FailureKind.Conflict, "again");
            },
            _ => retries++,
            CancellationToken.None));
        Assert.Equal((expected, expected - 1), (tries, retries));
    }
}
