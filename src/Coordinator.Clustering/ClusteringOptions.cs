using Microsoft.Extensions.Configuration;
using Npgsql;
using StackExchange.Redis;

namespace Coordinator.Clustering;

/// <summary>How silos find each other, and how clients find silos. Section <c>Coordinator:Clustering</c>.</summary>
public sealed class ClusteringOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Clustering";

    // It is part of a key in the membership tables.
    private const int MaxIdLength = 150;

    /// <summary>The membership provider.</summary>
    public ClusteringProvider Provider { get; set; }

    /// <summary>The connection: an Npgsql connection string, or StackExchange.Redis' <c>host:port,option=value</c>. Never logged, because it may
    /// contain a password.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The silos that form one cluster.</summary>
    public string ClusterId { get; set; } = "coordinator";

    /// <summary>The service that owns the tables, locks and ledgers. It outlives clusters.</summary>
    public string ServiceId { get; set; } = "coordinator";

    /// <summary>The grain directory, the same in all silos.</summary>
    public GrainDirectoryKind Directory { get; set; } = GrainDirectoryKind.Local;

    /// <summary>Reads the section and adds its mistakes to <paramref name="mistakes"/>. A mistake names the key, but never a connection
    /// string.</summary>
    public static ClusteringOptions Read(IConfiguration configuration, ICollection<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(mistakes);
        var section = configuration.GetSection(Section);
        var options = new ClusteringOptions();
        options.Provider = Choice(nameof(Provider), options.Provider);
        options.Directory = Choice(nameof(Directory), options.Directory);
        options.ConnectionString = section[nameof(ConnectionString)] ?? "";
        options.ClusterId = Id(nameof(ClusterId), options.ClusterId);
        options.ServiceId = Id(nameof(ServiceId), options.ServiceId);
        if (options.Provider == ClusteringProvider.Localhost) return options;

        var expected = options.Provider == ClusteringProvider.Postgres ? "Host=HOST;Database=DATABASE;Username=USER" : "HOST:6379";
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            mistakes.Add($"{Section}:ConnectionString is empty; with {Section}:Provider {options.Provider} expected is one such as {expected}.");
        else if (!options.CanParseConnectionString())
            mistakes.Add($"{Section}:ConnectionString cannot be understood; with {Section}:Provider {options.Provider} expected is one such as "
                + $"{expected}.");
        return options;

        T Choice<T>(string key, T standard)
            where T : struct, Enum
        {
            if (section[key] is not { } text) return standard;
            // Enum.TryParse accepts any number.
            if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
                return value;
            mistakes.Add($"{Section}:{key} is '{text}'; allowed are {string.Join(", ", Enum.GetNames<T>())}.");
            return standard;
        }

        string Id(string key, string standard)
        {
            var id = section[key] ?? standard;
            if (id.Length is 0 or > MaxIdLength) mistakes.Add($"{Section}:{key} has {id.Length} characters; expected are 1 to {MaxIdLength}.");
            return id;
        }
    }

    private bool CanParseConnectionString()
    {
        try
        {
            return Provider == ClusteringProvider.Postgres
                ? new NpgsqlConnectionStringBuilder(ConnectionString).Host is { Length: > 0 }
                : ConfigurationOptions.Parse(ConnectionString).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
