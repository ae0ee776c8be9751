using Npgsql;

namespace Coordinator.Clustering.Postgres;

/// <summary>How Orleans is told to connect.</summary>
internal static class MembershipConnection
{
    /// <summary>The provider's name, as Orleans knows it.</summary>
    public const string Invariant = "Npgsql";

    // A few small statements every few seconds.
    private const int MaxPoolSize = 4;

    /// <summary>The connection string for the membership's own schema: Orleans reads its statements from a table that it names without one.</summary>
    public static string Of(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = MembershipSchema.Name, Timezone = "UTC", Enlist = false };
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, MaxPoolSize);
        builder.ApplicationName ??= "coordinator/membership";
        return builder.ConnectionString;
    }
}
