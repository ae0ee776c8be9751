using Coordinator.Client;
using Coordinator.Client.Connecting;
using Coordinator.Hosting;
using Coordinator.Jobs.Catalog;
using Coordinator.Settings;

namespace Coordinator.ClientHost.Settings;

/// <summary>Checks what the commands read.</summary>
internal static class ClientSettings
{
    /// <summary>Checks what a client of the silos needs, and all keys.</summary>
    public static ClusteringSettings Check(SettingsReader reader)
    {
        var cluster = ClusteringSettings.Read(reader);
        reader.Read(CoordinatorClientOptions.Section, new CoordinatorClientOptionsValidator());
        CheckKeys(reader);
        return cluster;
    }

    /// <summary>Reports keys that neither this program nor a silo has: both may read one file or one environment.</summary>
    public static void CheckKeys(SettingsReader reader)
    {
        SiloSettings.Know(reader);
        reader.Know<CoordinatorClientOptions>(CoordinatorClientOptions.Section);
        reader.Know<HttpSettings>(HttpSettings.Section);
        reader.KnowSection(JobCatalog.Section);
        reader.CheckUnknown(SiloSettings.Root);
    }
}
