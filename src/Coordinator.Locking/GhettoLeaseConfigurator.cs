using System.Diagnostics.CodeAnalysis;
using Coordinator.Core.Leases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Metadata;

namespace Coordinator.Locking;

/// <summary>Creates the lease of each activation of a marked grain class, as <see cref="ILease"/> for the grain's own code.</summary>
internal sealed class GhettoLeaseConfigurator(
    IOptions<ClusterOptions> cluster, ILocalSiloDetails silo, IServiceProvider services) : IConfigureGrainContextProvider, IConfigureGrainContext
{
    // Orleans resolves configurators while it is being built, so services that depend on Orleans are resolved at the first activation.
    private readonly Lazy<LeaseEnvironment> _environment = new(services.GetRequiredService<LeaseEnvironment>);

    public bool TryGetConfigurator(GrainType grainType, GrainProperties properties, [NotNullWhen(true)] out IConfigureGrainContext? configurator)
    {
        configurator = properties.Properties.ContainsKey(GhettoLockedAttribute.Property) ? this : null;
        return configurator is not null;
    }

    public void Configure(IGrainContext context)
    {
        var environment = _environment.Value;
        var token = NewOwnerToken.Of(silo.Name);
        // Jitter need not be secret, only different for each activation. One thread at a time uses it.
        var random = new Random(StringComparer.Ordinal.GetHashCode(token.ToString()));
        var lease = new Lease(token, environment.Options.ToLeaseOptions(), environment.Clock, random);
        var ghetto = new GhettoLease(context, LockKey.Of(cluster.Value.ServiceId, context.GrainId), lease, environment);
        context.SetComponent<ILease>(lease);
        context.SetComponent(ghetto);
        context.ObservableLifecycle.Subscribe("ghetto-lock", GrainLifecycleStage.First + 1, ghetto);
    }
}
