using Coordinator.ClientHost.Http;
using Coordinator.ClientHost.Settings;
using Microsoft.AspNetCore.Http;

namespace Coordinator.Tests.ClientHost;

/// <summary>How many bytes of bodies a host holds at once.</summary>
public sealed class BodyBudgetTests
{
    private readonly BodyBudget _budget = new(new HttpSettings { MaxBodyBytes = 60, MaxBytesInFlight = 100 });

    [Fact]
    public void A_body_beyond_the_budget_is_429_until_another_gives_its_share_back()
    {
        var first = _budget.Open();
        first.GrowTo(60);
        using var second = _budget.Open();
        second.GrowTo(40);
        second.GrowTo(30);
        var refusal = Assert.Throws<BadHttpRequestException>(() => second.GrowTo(41));
        Assert.Equal(StatusCodes.Status429TooManyRequests, refusal.StatusCode);
        Assert.Contains("Bodies of 100 bytes wait", refusal.Message, StringComparison.Ordinal);
        first.Dispose();
        second.GrowTo(60);
        using var third = _budget.Open();
        third.GrowTo(40);
        Assert.Throws<BadHttpRequestException>(() => third.GrowTo(41));
    }

    [Fact]
    public void A_body_beyond_its_own_limit_is_413_and_takes_nothing()
    {
        using (var share = _budget.Open())
        {
            share.GrowTo(10);
            Assert.Equal(StatusCodes.Status413PayloadTooLarge, Assert.Throws<BadHttpRequestException>(() => share.GrowTo(61)).StatusCode);
        }

        using var first = _budget.Open();
        first.GrowTo(60);
        using var second = _budget.Open();
        second.GrowTo(40);
    }
}
