using Coordinator.BrowserTests.Silos;
using Xunit.Sdk;

namespace Coordinator.BrowserTests.Browsing;

/// <summary>Checks what the other tests assume about a watched page.</summary>
[Collection(ContendedCollection.Name)]
public sealed class WatchedPageTests(ContendedSilo silo)
{
    [Theory]
    [InlineData("console.error('oh')")]
    [InlineData("setTimeout(() => { throw new Error('oh') })")]
    [InlineData("fetch('/api/contention/public.none')")]
    [InlineData("location.host = location.host.replace('127.0.0.1', 'localhost')")]
    public async Task A_complaint_and_a_request_to_another_host_are_noticed(string script)
    {
        await using var page = await silo.OpenAsync("contention");
        page.AssertContent();
        await page.Page.EvaluateAsync($"() => {{ {script}; }}");
        await Coordinator.TestServers.Eventually.TrueAsync("it is noticed", () => Record.Exception(page.AssertContent) is XunitException);
    }
}
