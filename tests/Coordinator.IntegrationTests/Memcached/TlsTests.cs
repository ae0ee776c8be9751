using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Memcached;

public sealed class TlsTests : IAsyncLifetime
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);

    private MemcachedServer _server = null!;
    private TlsFront _front = null!;

    public async Task InitializeAsync()
    {
        _server = await MemcachedServer.StartAsync();
        _front = TlsFront.Start(_server.Port);
    }

    public async Task DisposeAsync()
    {
        await _front.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public Task A_certificate_of_an_authority_that_is_trusted_is_accepted() => WorksAsync(new MemcachedTlsOptions { CaFile = _front.CaFile });

    [Fact]
    public Task The_pinned_certificate_is_accepted_with_any_name() =>
        WorksAsync(new MemcachedTlsOptions { Thumbprint = _front.Thumbprint, ServerName = "elsewhere" });

    [Fact]
    public Task A_certificate_of_an_unknown_authority_is_refused() => IsRefusedAsync(new MemcachedTlsOptions());

    [Fact]
    public Task A_certificate_of_another_name_is_refused() =>
        IsRefusedAsync(new MemcachedTlsOptions { CaFile = _front.CaFile, ServerName = "elsewhere" });

    [Fact]
    public Task Another_certificate_than_the_one_that_is_named_is_refused() =>
        IsRefusedAsync(new MemcachedTlsOptions { Thumbprint = new string('0', 64), CaFile = _front.CaFile });

    [Fact]
    public Task A_file_of_authorities_that_is_not_there_is_said() =>
        IsRefusedAsync(new MemcachedTlsOptions { CaFile = "/nowhere/ca.pem" }, "/nowhere/ca.pem");

    [Fact]
    public async Task A_server_without_tls_is_unreachable_with_it_and_one_with_tls_without() =>
        Assert.All([await AskAsync(_server.Endpoint, new MemcachedTlsOptions()), await AskAsync(_front.Endpoint, null)], static r =>
            Assert.Equal(ReplyKind.Unreachable, r.Kind));

    [Fact]
    public async Task A_broken_connection_with_tls_is_made_again()
    {
        await using var client = Clients.With(_front.Endpoint, Clients.Connection with { Tls = new MemcachedTlsOptions { CaFile = _front.CaFile } });
        Assert.Equal(ReplyKind.Miss, (await (await client.ConnectionOfAsync("k", default)).GetAsync("k", default)).Kind);
        await _server.StopAsync();
        await Eventually.TrueAsync("it is unreachable", async ct =>
            (await (await client.ConnectionOfAsync("k", ct)).GetAsync("k", ct)).Kind == ReplyKind.Unreachable);
        await _server.RestartAsync();
        await Eventually.TrueAsync("it answers again", async ct =>
            (await (await client.ConnectionOfAsync("k", ct)).GetAsync("k", ct)).Kind == ReplyKind.Miss);
    }

    private async Task WorksAsync(MemcachedTlsOptions tls)
    {
        await using var client = Clients.With(_front.Endpoint, Clients.Connection with { Tls = tls });
        var connection = await client.ConnectionOfAsync("k", default);
        Assert.Equal(ReplyKind.Stored, (await connection.AddAsync("k", "a", Ttl, default)).Kind);
        var replies = await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => connection.GetAsync("k", default).AsTask()));
        Assert.All(replies, static r => Assert.Equal("a", r.Value));
    }

    private async Task IsRefusedAsync(MemcachedTlsOptions tls, string reason = "")
    {
        var reply = await AskAsync(_front.Endpoint, tls);
        Assert.Equal(ReplyKind.Unreachable, reply.Kind);
        Assert.Contains(reason, reply.Detail, StringComparison.Ordinal);
    }

    private static async Task<MemcachedReply> AskAsync(string endpoint, MemcachedTlsOptions? tls)
    {
        await using var client = Clients.With(endpoint, Clients.Connection with { Tls = tls });
        return await (await client.ConnectionOfAsync("k", default)).GetAsync("k", default);
    }
}
