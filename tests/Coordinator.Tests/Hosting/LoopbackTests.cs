using Coordinator.Hosting.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Hosting;

public sealed class LoopbackTests
{
    private const string Default = "http://127.0.0.1:8080";

    [Theory]
    [InlineData(null)]
    [InlineData("http://localhost:1")]
    [InlineData("http://[::1]:1;http://127.0.0.2:2")]
    public void Loopback_is_listened_on(string? urls) => Assert.NotEmpty(LoopbackUrls.Read(Settings(("urls", urls)), Default));

    [Theory]
    [InlineData("http://0.0.0.0:80")]
    [InlineData("http://*:80")]
    [InlineData("http://+:80")]
    [InlineData("http://example.com:80")]
    [InlineData("http://127.0.0.1:80;http://[::]:80")]
    [InlineData("")]
    [InlineData("http://user@127.0.0.1:8081")]
    [InlineData("http://127.0.0.1?:8081")]
    [InlineData("http://127.0.0.1#:8081")]
    [InlineData("http://127.0.0.1 :8081")]
    [InlineData("http://127.0.0.1.:8081")]
    [InlineData("http://localhost.:8081")]
    [InlineData("http://127.0.0.1%2f:8081")]
    [InlineData("http://127.0.0.1:8081/path")]
    [InlineData("http://unix:/tmp/a.sock")]
    [InlineData("127.0.0.1:8081")]
    [InlineData("http://:8081")]
    public void Nothing_listens_beyond_loopback_without_authentication(string urls) =>
        Assert.Throws<OptionsValidationException>(() => LoopbackUrls.Read(Settings(("urls", urls)), Default));

    [Theory]
    [InlineData("*")]
    [InlineData("localhost;*.example.com")]
    public void Every_name_is_no_name_of_this_host(string allowed) =>
        Assert.Throws<OptionsValidationException>(() => LoopbackUrls.Read(Settings(("AllowedHosts", allowed)), Default));

    [Theory]
    [InlineData("http://0.0.0.0:0", false)]
    [InlineData("http://user@127.0.0.1:0", false)]
    [InlineData("http://127.0.0.1:0", true)]
    public async Task What_was_really_bound_counts(string url, bool starts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.AddBrowserGuard([url]);
        await using var app = builder.Build();
        var failure = await Record.ExceptionAsync(() => app.StartAsync());
        if (starts) Assert.Null(failure);
        else Assert.Contains("beyond loopback", Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_other_setting_gets_round_it() =>
        Assert.Throws<OptionsValidationException>(() => LoopbackUrls.Read(Settings(("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:80")), Default));

    private static IConfiguration Settings(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, s.Value))).Build();
}
