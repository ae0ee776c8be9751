using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.IntegrationTests.Memcached;

/// <summary>A TLS proxy for a memcached without TLS support, with a certificate for <c>localhost</c> from a private authority.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly int _serverPort;
    private readonly Task _accepting;

    private TlsFront(int serverPort)
    {
        _serverPort = serverPort;
        (_certificate, var authority) = Certificates.Create("localhost");
        File.WriteAllText(CaFile, authority);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"localhost:{Port}");

    public string CaFile { get; } = Path.GetTempFileName();

    public string Thumbprint => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public static TlsFront Start(int serverPort) => new(serverPort);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        _certificate.Dispose();
        File.Delete(CaFile);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        await using (var secured = new SslStream(client.GetStream()))
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort);
                await secured.AuthenticateAsServerAsync(_certificate);
                await Task.WhenAny(secured.CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(secured));
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // The client rejected the handshake.
            }
        }
    }
}
