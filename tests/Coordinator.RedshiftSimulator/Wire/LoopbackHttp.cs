using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Coordinator.RedshiftSimulator.Wire;

/// <summary>An HTTP server on loopback for the stand-ins of AWS's services.</summary>
internal sealed class LoopbackHttp : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, Task> _answer;
    private readonly Task _serving;
    private bool _isDisposed;

    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="answer">Answers a request. The response is closed after it.</param>
    public LoopbackHttp(int port, Func<HttpListenerContext, Task> answer)
    {
        _answer = answer;
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{(port > 0 ? port : FreePort())}");
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The address.</summary>
    public string Url { get; }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        // A kept connection would send the client's next request to a server that is gone, or to another one on the same port.
        response.KeepAlive = false;
        await _answer(context);
    }
}
