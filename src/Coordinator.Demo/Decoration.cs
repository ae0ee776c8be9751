using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Demo;

/// <summary>Wraps a registered service with a counter.</summary>
internal static class Decoration
{
    public static void Decorate<TService, TDecorator>(this IServiceCollection services, Func<TService, TDecorator> decorate)
        where TService : class
        where TDecorator : class, TService
    {
        var original = services.Last(static d => d.ServiceType == typeof(TService) && !d.IsKeyedService);
        services.Remove(original);
        services.AddSingleton(provider => decorate((TService)(
            original.ImplementationInstance ?? original.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, original.ImplementationType!))));
        services.AddSingleton<TService>(static provider => provider.GetRequiredService<TDecorator>());
    }
}
