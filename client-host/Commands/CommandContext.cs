using Coordinator.Client;
using Coordinator.ClientHost.Settings;
using Coordinator.Hosting;
using Coordinator.Hosting.Telemetry;
using Coordinator.Settings;

namespace Coordinator.ClientHost.Commands;

/// <summary>The shared context of commands: input, output, and the arguments that are settings.</summary>
internal sealed record CommandContext(IReadOnlyList<string> Settings, Stream Input, TextWriter Output, TextWriter Error)
{
    /// <summary>Runs work with a client that is connected to a silo, and disconnects it afterwards.</summary>
    /// <exception cref="Errors.SiloUnavailableException">No silo answers.</exception>
    public async Task<T> WithClientAsync<T>(Func<ICoordinatorClient, IConfiguration, Task<T>> work, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = [.. Settings], ContentRootPath = AppContext.BaseDirectory });
        HostSetup.Configure(builder);
        var reader = new SettingsReader(builder.Configuration);
        ClientSettings.Check(reader);
        reader.ThrowIfWrong();
        // The start and stop messages of the host are of no interest for a command.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.None);
        builder.AddCoordinatorClient();
        builder.AddClientTraces();
        using var host = builder.Build();
        await host.StartOrStopAsync(cancellationToken);
        try
        {
            return await work(host.Services.GetRequiredService<ICoordinatorClient>(), builder.Configuration);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Reads the settings without a connection, and checks their keys.</summary>
    public IConfiguration ReadSettings()
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = [.. Settings], ContentRootPath = AppContext.BaseDirectory });
        HostSetup.Configure(builder);
        var reader = new SettingsReader(builder.Configuration);
        ClientSettings.CheckKeys(reader);
        reader.ThrowIfWrong();
        return builder.Configuration;
    }
}
