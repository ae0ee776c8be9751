using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>Makes connections that have answered once: a server that accepts connections but does not answer is not connected.</summary>
internal sealed class Connector(MemcachedConnectionOptions options, TimeProvider clock)
{
    /// <exception cref="IOException">The connection failed; the message has the reason.</exception>
    public async Task<MemcachedConnection> ConnectAsync(ServerAddress server, CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(server, cancellationToken);
        MemcachedMetrics.Connects.Add(1, MemcachedMetrics.Server(server));
        var connection = new MemcachedConnection(stream, server, options, clock);
        MemcachedReply greeting;
        using (cancellationToken.UnsafeRegister(static c => ((MemcachedConnection)c!).Close("the client was disposed of"), connection))
            greeting = await connection.SendAsync(Command.NoOp, CancellationToken.None);
        if (greeting.Kind == ReplyKind.NoOp) return connection;
        await connection.DisposeAsync();
        throw new IOException($"it accepts connections, but: {greeting.Detail}");
    }

    /// <summary>Connects, with TLS if it is configured.</summary>
    /// <exception cref="IOException">The connection failed; the message has the reason.</exception>
    public async Task<Stream> OpenAsync(ServerAddress server, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Stream? stream = null;
        try
        {
            // The name is resolved each time: a replaced server keeps its name and changes its address.
            var addresses = await options.Resolve(server.Host, either.Token);
            if (addresses.Length == 0) throw new IOException($"{server.Host} has no address");
            stream = new NetworkStream(await ConnectToAnyAsync(addresses, server.Port, either.Token), ownsSocket: true);
            if (options.Tls is not { } tls) return stream;
            var secured = new SslStream(stream);
            stream = secured;
            await secured.AuthenticateAsClientAsync(AuthenticationOf(tls, server), either.Token);
            return stream;
        }
        catch (Exception e)
        {
            // Any failure (a name, a network, a certificate, a file) means that there is no connection, and it is retried.
            if (stream is not null) await stream.DisposeAsync();
            throw new IOException(e is OperationCanceledException ? $"no connection within {options.ConnectTimeout.TotalSeconds:0.###} s" : e.Message,
                e);
        }
    }

    /// <summary>Tries one address after the other, each with its share of the time, so that an unreachable one does not hide a reachable
    /// one.</summary>
    private async Task<Socket> ConnectToAnyAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            using var share = new CancellationTokenSource(options.ConnectTimeout / addresses.Length, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(share.Token, cancellationToken);
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), either.Token);
                return socket;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                if (i == addresses.Length - 1 || cancellationToken.IsCancellationRequested) throw;
            }
        }
    }

    private static SslClientAuthenticationOptions AuthenticationOf(MemcachedTlsOptions tls, ServerAddress server)
    {
        var authentication = new SslClientAuthenticationOptions { TargetHost = tls.ServerName ?? server.Host };
        if (tls.Thumbprint is { } thumbprint)
        {
            authentication.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                string.Equals(certificate?.GetCertHashString(HashAlgorithmName.SHA256), thumbprint, StringComparison.OrdinalIgnoreCase);
        }
        else if (tls.CaFile is { } file)
        {
            // A private authority rarely publishes revocation lists where a silo can fetch them.
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            authentication.CertificateChainPolicy = policy;
        }

        return authentication;
    }
}
