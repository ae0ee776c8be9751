using System.Net;
using System.Text.Json;
using Coordinator.Clustering;
using Coordinator.Doctor.Checking;
using StackExchange.Redis;

namespace Coordinator.Doctor.Cluster;

/// <summary>The membership in Redis: one hash for each cluster, with a field of JSON for each silo, as Orleans writes it.</summary>
internal sealed class RedisMembership(ClusteringOptions options) : IMembershipStore
{
    private const string Key = "Coordinator:Clustering:ConnectionString";

    public async Task<Finding> CheckAsync(CancellationToken cancellationToken)
    {
        var settings = Settings();
        var place = $"Redis {string.Join(", ", settings.EndPoints.Select(Text))}";
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(settings).WaitAsync(cancellationToken);
            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return Finding.Ok($"{place} answers");
        }
        catch (RedisException e)
        {
            // The rest of the message repeats the settings.
            return Finding.Failed(
                $"{place} cannot be used: {e.Message.Split(". ", 2)[0]}", $"Start it, or compare {Key}: silos do not start without it.");
        }
    }

    public async Task<IReadOnlyList<Member>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Settings()).WaitAsync(cancellationToken);
        var fields = await redis.GetDatabase().HashGetAllAsync($"{options.ServiceId}/members/{options.ClusterId}").WaitAsync(cancellationToken);
        var members = new List<Member>();
        foreach (var field in fields.Where(static field => field.Value.ToString().StartsWith('{')))
        {
            using var json = JsonDocument.Parse(field.Value.ToString());
            members.Add(Read(json.RootElement));
        }

        return [.. members.OrderBy(static member => member.Name, StringComparer.Ordinal)];
    }

    private ConfigurationOptions Settings()
    {
        var settings = ConfigurationOptions.Parse(options.ConnectionString);
        (settings.AbortOnConnectFail, settings.ConnectRetry) = (true, 1);
        return settings;
    }

    private static Member Read(JsonElement silo)
    {
        // 10.0.0.7:11111@154970086
        var address = IPEndPoint.Parse(silo.GetProperty("SiloAddress").GetProperty("SiloAddress").GetString()!.Split('@')[0]);
        return new Member(
            silo.GetProperty("SiloName").GetString()!,
            address.Address.ToString(),
            address.Port,
            silo.GetProperty("ProxyPort").GetInt32(),
            (SiloStatus)silo.GetProperty("Status").GetInt32(),
            silo.GetProperty("IAmAliveTime").GetDateTimeOffset());
    }

    private static string Text(EndPoint endpoint) => endpoint is DnsEndPoint name ? $"{name.Host}:{name.Port}" : $"{endpoint}";
}
