using Coordinator.TestServers;

namespace Coordinator.Laboratory.Chaos.Staging;

/// <summary>The place of the client-host, and the process that runs there now.</summary>
internal sealed class ClientNode(IReadOnlyDictionary<string, string?> settings) : IAsyncDisposable
{
    private ClientHostProcess? _host;

    public bool IsRunning => _host is { Process.HasExited: false };

    /// <summary>Where it listens; null before its first start.</summary>
    public Uri? Url => _host?.Http.BaseAddress;

    public async Task StartAsync()
    {
        var host = await ClientHostProcess.ServeAsync(settings);
        if (_host is { } earlier) await earlier.DisposeAsync();
        _host = host;
    }

    public Task KillAsync() => _host?.Process.KillAsync() ?? Task.CompletedTask;

    public Task SignalAsync(string signal) => _host?.Process.SignalAsync(signal) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_host is { } host) await host.DisposeAsync();
    }
}
