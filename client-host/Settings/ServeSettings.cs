using Coordinator.Client.Connecting;
using Coordinator.Hosting.Telemetry;
using Coordinator.Hosting.Web;
using Coordinator.Jobs.Catalog;
using Coordinator.Settings;

namespace Coordinator.ClientHost.Settings;

/// <summary>All that <c>serve</c> reads.</summary>
internal sealed record ServeSettings(ClusteringSettings Cluster, HttpSettings Http, JobCatalog Jobs, IReadOnlyList<string> Urls)
{
    private const string DefaultUrl = "http://127.0.0.1:8081";

    /// <summary>What the settings lead to.</summary>
    public ServeSummary Summary => new()
    {
        Cluster = Cluster.Clustering.Provider.ToString(),
        ClusterId = Cluster.Clustering.ClusterId,
        Gateway = Cluster.Clustering.Provider == Clustering.ClusteringProvider.Localhost ? Cluster.Gateway.ToString() : null,
        Urls = Urls,
        Jobs = [.. Jobs.Jobs.Select(static job => job.Name)],
    };

    /// <summary>Reads all settings; the reader collects the mistakes.</summary>
    public static ServeSettings Read(SettingsReader reader)
    {
        var cluster = ClientSettings.Check(reader);
        var http = reader.Read(HttpSettings.Section, new HttpSettingsValidator());
        var jobs = new JobCatalog(reader.Configuration, TimeProvider.System);
        reader.Add(jobs.Mistakes);
        var urls = LoopbackUrls.Read(reader, DefaultUrl);
        reader.CheckTelemetry();
        return new ServeSettings(cluster, http, jobs, urls);
    }
}
