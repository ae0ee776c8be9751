using Coordinator.Client;
using Coordinator.Client.Connecting;
using Coordinator.Client.Submitting;
using Coordinator.Clustering;
using Coordinator.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds <see cref="ICoordinatorClient"/> to a host.</summary>
public static class CoordinatorClientServices
{
    /// <summary>Adds the client to a host that already has Orleans: a silo, or a host with its own Orleans client.</summary>
    /// <param name="services">The host's services, including an <see cref="IGrainFactory"/>.</param>
    /// <param name="configure">Changes the settings; this overload reads no configuration.</param>
    public static IServiceCollection AddCoordinatorClient(this IServiceCollection services, Action<CoordinatorClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<CoordinatorClientOptions>();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CoordinatorClientOptions>, CoordinatorClientOptionsValidator>());
        options.ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AttemptTimeout>();
        services.TryAddSingleton<ICoordinatorClient>(static provider => new CoordinatorClient(
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<IOptions<CoordinatorClientOptions>>(),
            provider.GetRequiredService<AttemptTimeout>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<Random>() ?? new Random(),
            provider.GetRequiredService<ILogger<CoordinatorClient>>()));
        return services;
    }

    /// <summary>Adds the client and an Orleans client that finds the silos with <c>Coordinator:Clustering</c>, or the single silo at
    /// <c>Coordinator:Silo:GatewayPort</c>. The client's own settings are in <see cref="CoordinatorClientOptions.Section"/>.</summary>
    /// <remarks>The host's start fails with <see cref="Coordinator.Errors.SiloUnavailableException"/> if no silo answers within
    /// <see cref="CoordinatorClientOptions.ConnectTimeout"/>.</remarks>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Changes the settings after the configuration is read.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message names all such keys, their values and what is
    /// allowed.</exception>
    public static IHostApplicationBuilder AddCoordinatorClient(
        this IHostApplicationBuilder builder, Action<CoordinatorClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var reader = new SettingsReader(builder.Configuration);
        var settings = ClusteringSettings.Read(reader);
        // The rules of the client's own settings are checked when its host starts, because code may change them. Their values must be readable now.
        reader.Bind(CoordinatorClientOptions.Section, new CoordinatorClientOptions());
        reader.ThrowIfWrong();
        builder.Services.AddOptions<CoordinatorClientOptions>().BindConfiguration(CoordinatorClientOptions.Section);
        builder.Services.AddCoordinatorClient(configure);
        builder.Services.AddSingleton(settings);
        builder.UseOrleansClient(client =>
        {
            client.UseMembership(settings.Clustering, settings.Gateway);
            client.AddGatewayCountChangedHandler(static provider =>
            {
                var attemptTimeout = provider.GetRequiredService<AttemptTimeout>();
                return (_, change) =>
                {
                    if (change.NumberOfConnectedGateways < change.PreviousNumberOfConnectedGateways) attemptTimeout.GiveUp();
                };
            });
            client.Services.AddSingleton<IClientConnectionRetryFilter>(static provider => new ConnectRetryFilter(
                provider.GetRequiredService<ClusteringSettings>(),
                provider.GetRequiredService<IOptions<CoordinatorClientOptions>>().Value.ConnectTimeout,
                provider.GetRequiredService<TimeProvider>()));
        });
        return builder;
    }
}
