using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Coordinator.Client;
using Coordinator.Core.Leases;
using Coordinator.Core.Warehouses;
using Coordinator.Hosting;
using Coordinator.Locking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Demo;

/// <summary>A complete silo in this process, as silo-host runs it, with counters at its warehouse and its lock store.</summary>
internal sealed class EmbeddedSilo : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly string _lockProvider;

    private EmbeddedSilo(IHost host)
    {
        _host = host;
        var locking = host.Services.GetRequiredService<IConfiguration>().GetSection(LockingOptions.Section).Get<LockingOptions>()
            ?? new LockingOptions();
        _lockProvider = locking.EffectiveProvider.ToString();
    }

    public ICoordinatorClient Client => _host.Services.GetRequiredService<ICoordinatorClient>();

    public TransactionCounts Transactions => _host.Services.GetRequiredService<CountingWarehouse>().Counts;

    public LockReport Locks => _host.Services.GetRequiredService<CountingLockStore>().Report(_lockProvider);

    /// <summary>Starts a silo on free ports of loopback.</summary>
    /// <param name="warehouse">The silo's warehouse.</param>
    /// <param name="settings">Further settings as on a command line: <c>--Coordinator:Locking:Ttl=00:00:10</c>.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<EmbeddedSilo> StartAsync(DemoWarehouse warehouse, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = [.. settings], ContentRootPath = AppContext.BaseDirectory });
        HostSetup.Configure(builder);
        var (siloPort, gatewayPort) = FreePorts();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Coordinator:Clustering:Provider"] = "Localhost",
            ["Coordinator:Clustering:ClusterId"] = "demo-" + Guid.NewGuid().ToString("N"),
            ["Coordinator:Silo:Name"] = "demo",
            ["Coordinator:Silo:SiloPort"] = siloPort.ToString(CultureInfo.InvariantCulture),
            ["Coordinator:Silo:GatewayPort"] = gatewayPort.ToString(CultureInfo.InvariantCulture),
            ["Coordinator:Warehouse:Provider"] = warehouse.Provider,
            ["Coordinator:Warehouse:ConnectionString"] = warehouse.ConnectionString,
        });
        // Log output would break the progress view, so it is limited regardless of the settings file.
        builder.Services.PostConfigure<LoggerFilterOptions>(static options =>
        {
            options.Rules.Clear();
            options.MinLevel = LogLevel.Error;
        });
        builder.UseOrleans(silo => silo.AddCoordinator(builder.Configuration));
        builder.Services.AddCoordinatorClient(static options => options.Source = "demo");
        builder.Services.Decorate<IWarehouse, CountingWarehouse>(static (inner, _) => new CountingWarehouse(inner));
        builder.Services.Decorate<ILockStore, CountingLockStore>(static (inner, _) => new CountingLockStore(inner));
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            return new EmbeddedSilo(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Stops the silo, so that its locks are released. The counts of the locks are final after that.</summary>
    public Task StopAsync() => _host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_host is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else _host.Dispose();
    }

    private static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
