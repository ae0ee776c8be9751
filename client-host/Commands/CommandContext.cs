using Coordinator.Client;
using Coordinator.Hosting.Telemetry;

namespace Coordinator.ClientHost.Commands;

/// <summary>What commands share: where they write, and the arguments that are settings.</summary>
internal sealed record CommandContext(IReadOnlyList<string> Settings, Stream Input, TextWriter Output, TextWriter Error)
{
    /// <summary>Runs work with a client that is connected to a silo, and ends it properly.</summary>
    /// <exception cref="Errors.SiloUnavailableException">No silo answers.</exception>
    public async Task<T> WithClientAsync<T>(Func<ICoordinatorClient, IConfiguration, Task<T>> work, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [.. Settings], ContentRootPath = AppContext.BaseDirectory });
        HostSetup.Configure(builder);
        // That a host starts and stops behind a command is nobody's news.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.None);
        builder.AddCoordinatorClient();
        builder.AddClientTraces();
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        try
        {
            return await work(host.Services.GetRequiredService<ICoordinatorClient>(), builder.Configuration);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>The settings alone, for what must be known before a connection is made.</summary>
    public IConfiguration ReadSettings()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [.. Settings], ContentRootPath = AppContext.BaseDirectory });
        HostSetup.Configure(builder);
        return builder.Configuration;
    }
}
