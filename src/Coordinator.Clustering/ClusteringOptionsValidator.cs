using Coordinator.Settings;
using Npgsql;
using StackExchange.Redis;

namespace Coordinator.Clustering;

/// <summary>The rules of the clustering settings. A connection string may hold a password and is in no message.</summary>
public sealed class ClusteringOptionsValidator() : SettingsValidator<ClusteringOptions>(ClusteringOptions.Section)
{
    // A key in the membership tables.
    private const int MaxIdLength = 150;

    /// <inheritdoc/>
    protected override void Check(ClusteringOptions options, SettingRules rules)
    {
        rules.Defined(options.Provider);
        rules.Defined(options.Directory);
        if (!IsId(options.ClusterId)) rules.Mistake(options.ClusterId, $"has {options.ClusterId.Length} characters; expected are 1 to {MaxIdLength}");
        if (!IsId(options.ServiceId)) rules.Mistake(options.ServiceId, $"has {options.ServiceId.Length} characters; expected are 1 to {MaxIdLength}");
        CheckConnectionString(options, rules);
    }

    private static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength;

    private static void CheckConnectionString(ClusteringOptions options, SettingRules rules)
    {
        if (options.Provider == ClusteringProvider.Localhost) return;
        var expected = $"with {ClusteringOptions.Section}:Provider {options.Provider} expected is one such as {Example(options.Provider)}";
        if (string.IsNullOrWhiteSpace(options.ConnectionString)) rules.Mistake(options.ConnectionString, $"is empty; {expected}");
        else if (!CanParse(options)) rules.Mistake(options.ConnectionString, $"cannot be understood; {expected}");
    }

    private static string Example(ClusteringProvider provider) =>
        provider == ClusteringProvider.Postgres ? "Host=HOST;Database=DATABASE;Username=USER" : "HOST:6379";

    private static bool CanParse(ClusteringOptions options)
    {
        try
        {
            return options.Provider == ClusteringProvider.Postgres
                ? new NpgsqlConnectionStringBuilder(options.ConnectionString).Host is { Length: > 0 }
                : ConfigurationOptions.Parse(options.ConnectionString).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
