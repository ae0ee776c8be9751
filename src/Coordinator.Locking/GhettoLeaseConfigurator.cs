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
        // Jitter need not be secret, only different for each activation, and one thread at a time uses it. A seeded one has five times its size.
        var lease = new Lease(token, environment.LeaseOptions, environment.Clock, new Random());
        var ghetto = new GhettoLease(context, LockKey.Of(cluster.Value.ServiceId, context.GrainId), lease, environment);
        context.SetComponent<ILease>(lease);
        context.SetComponent(ghetto);
        context.ObservableLifecycle.Subscribe("ghetto-lock", GrainLifecycleStage.First + 1, ghetto);
    }
}
