using System.Net;
using Coordinator.Clustering.Network;
using Coordinator.Clustering.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Coordinator.Clustering;

/// <summary>Lets a client find the gateways of a cluster.</summary>
public static class ClusteringClientBuilderExtensions
{
    /// <summary>Finds the gateways in the membership store; with <see cref="ClusteringProvider.Localhost"/> uses the given one.</summary>
    /// <param name="client">The client.</param>
    /// <param name="options">The validated settings.</param>
    /// <param name="gateway">The only gateway of <see cref="ClusteringProvider.Localhost"/>.</param>
    public static IClientBuilder UseMembership(this IClientBuilder client, ClusteringOptions options, IPEndPoint gateway)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        client.Services.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.ClusterId, options.ServiceId));
        ConnectionTiming.ApplyToClient(client.Services);
        client.Services.Configure<GatewayOptions>(static o => o.GatewayListRefreshPeriod = MembershipTiming.GatewayListRefresh);
        return options.Provider switch
        {
            ClusteringProvider.Postgres => client.UseAdoNetClustering(o =>
                (o.Invariant, o.ConnectionString) = (MembershipConnection.Invariant, MembershipConnection.Of(options.ConnectionString))),
            ClusteringProvider.Redis => client.UseRedisClustering(o => o.ConfigurationOptions = ConfigurationOptions.Parse(options.ConnectionString)),
            _ => client.UseStaticClustering(gateway),
        };
    }
}
