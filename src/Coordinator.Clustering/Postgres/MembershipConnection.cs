using Npgsql;

namespace Coordinator.Clustering.Postgres;

/// <summary>The connection settings for Orleans' membership.</summary>
internal static class MembershipConnection
{
    /// <summary>The provider's name in Orleans.</summary>
    public const string Invariant = "Npgsql";

    // The membership runs a few small statements every few seconds.
    private const int MaxPoolSize = 4;

    private const int KeepAliveSeconds = 60;
    private const int KeepAliveIntervalSeconds = 15;

    /// <summary>The connection string with the membership's own schema as search path, because Orleans names its query table without a
    /// schema.</summary>
    public static string Of(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = MembershipSchema.Name, Timezone = "UTC", Enlist = false };
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, MaxPoolSize);
        // Without these a silo would notice a connection that a firewall dropped only when it waits for an answer.
        builder.TcpKeepAlive = true;
        if (builder.TcpKeepAliveTime == 0) builder.TcpKeepAliveTime = KeepAliveSeconds;
        if (builder.TcpKeepAliveInterval == 0) builder.TcpKeepAliveInterval = KeepAliveIntervalSeconds;
        builder.ApplicationName ??= "coordinator/membership";
        return builder.ConnectionString;
    }
}
