using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Hosting;

/// <summary>Wraps a registered service.</summary>
public static class Decoration
{
    /// <summary>Puts a decorator before the service that was registered last.</summary>
    /// <param name="services">The services.</param>
    /// <param name="decorate">Makes the decorator; it disposes of what it decorates.</param>
    public static void Decorate<TService, TDecorator>(this IServiceCollection services, Func<TService, IServiceProvider, TDecorator> decorate)
        where TService : class
        where TDecorator : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        var original = services.Last(static d => d.ServiceType == typeof(TService) && !d.IsKeyedService);
        services.Remove(original);
        services.AddSingleton(provider => decorate((TService)(
            original.ImplementationInstance ?? original.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, original.ImplementationType!)), provider));
        services.AddSingleton<TService>(static provider => provider.GetRequiredService<TDecorator>());
    }
}
