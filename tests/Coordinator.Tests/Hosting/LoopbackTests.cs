using Coordinator.Hosting;
using Microsoft.Extensions.Configuration;
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
    public void Nothing_listens_beyond_loopback_without_authentication(string urls) =>
        Assert.Throws<OptionsValidationException>(() => LoopbackUrls.Read(Settings(("urls", urls)), Default));

    [Fact]
    public void No_other_setting_gets_round_it() =>
        Assert.Throws<OptionsValidationException>(() => LoopbackUrls.Read(Settings(("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:80")), Default));

    private static IConfiguration Settings(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, s.Value))).Build();
}
