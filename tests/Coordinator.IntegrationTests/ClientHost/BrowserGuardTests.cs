using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>Requests that a page of another site has a browser send.</summary>
public sealed class BrowserGuardTests(ServeFixture fixture) : IClassFixture<ServeFixture>
{
    private HttpClient Host => fixture.Host.Http;

    private HttpClient Silo => fixture.Deployment.Silo.Http;

    public static TheoryData<bool, string, string> Paths => new()
    {
        { true, "GET", "openapi/v1.json" },
        { true, "GET", "v1/jobs" },
        { true, "GET", "metrics" },
        { true, "POST", "v1/tables/events/rows" },
        { true, "POST", "v1/jobs/count/runs" },
        { false, "GET", "api/contention" },
        { false, "GET", "contention" },
        { false, "GET", "orleans/" },
        { false, "GET", "metrics" },
        { false, "POST", "_blazor/negotiate?negotiateVersion=1" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_name_that_was_pointed_here_is_no_name_of_this_host(bool isHost, string method, string path)
    {
        using var request = Request(method, path);
        request.Headers.Host = $"evil.example:{(isHost ? Host : Silo).BaseAddress!.Port}";
        using var answer = await (isHost ? Host : Silo).SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_origin_writes_nothing_and_runs_nothing(string header, string value)
    {
        var before = await CountAsync();
        foreach (var path in new[] { "v1/tables/events/rows", "v1/jobs/count/runs" })
        {
            using var request = Request("POST", path);
            request.Headers.Add(header, value);
            using var answer = await Host.SendAsync(request);
            Assert.Equal((HttpStatusCode.Forbidden, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains("another site", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var negotiate = Request("POST", "_blazor/negotiate?negotiateVersion=1");
        negotiate.Headers.Add(header, value);
        using var refused = await Silo.SendAsync(negotiate);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(before, await CountAsync());
        Assert.Contains("which a page of another site sent", fixture.Host.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_its_own_and_a_program_write()
    {
        var before = await CountAsync();
        using var own = Request("POST", "v1/tables/events/rows");
        own.Headers.Add("Origin", Host.BaseAddress!.GetLeftPart(UriPartial.Authority));
        own.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var written = await Host.SendAsync(own);
        using var program = await Host.SendAsync(Request("POST", "v1/tables/events/rows"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (written.StatusCode, program.StatusCode));
        Assert.Equal(before + 2, await CountAsync());
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData(null, true)]
    public async Task The_pages_connection_is_made_by_the_page_alone(string? origin, bool isMade)
    {
        var address = new UriBuilder(Silo.BaseAddress!) { Scheme = "ws", Path = "_blazor" }.Uri;
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin ?? Silo.BaseAddress!.GetLeftPart(UriPartial.Authority));
        socket.Options.CollectHttpResponseDetails = true;
        var failure = await Record.ExceptionAsync(() => socket.ConnectAsync(address, CancellationToken.None));
        Assert.Equal(isMade ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden, socket.HttpStatusCode);
        Assert.Equal(isMade, failure is null);
    }

    [Theory]
    [InlineData(true, "v1/jobs")]
    [InlineData(false, "contention")]
    public async Task Pages_stay_out_of_foreign_frames(bool isHost, string path)
    {
        using var answer = await (isHost ? Host : Silo).GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("SAMEORIGIN", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("frame-ancestors 'self'", answer.Headers.GetValues("Content-Security-Policy").First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_does_not_name_the_host_that_a_request_names()
    {
        var document = System.Text.Json.JsonDocument.Parse(await Host.GetStringAsync("openapi/v1.json")).RootElement;
        Assert.Equal("/", Assert.Single(document.GetProperty("servers").EnumerateArray()).GetProperty("url").GetString());
    }

    private static HttpRequestMessage Request(string method, string path) => new(new HttpMethod(method), path)
    {
        Content = method == "POST" ? new StringContent("""[{"id":1}]""", Encoding.UTF8, "application/json") : null,
    };

    private Task<long> CountAsync() => fixture.Deployment.ScalarAsync<long>("select count(*) from events");
}
