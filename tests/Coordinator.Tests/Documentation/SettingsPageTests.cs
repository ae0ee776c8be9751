using Coordinator.Client;
using Coordinator.ClientHost.Settings;
using Coordinator.Clustering;
using Coordinator.Grains;
using Coordinator.Hosting;
using Coordinator.Locking;
using Coordinator.TestServers;
using Coordinator.Warehouse.DuckDb;
using Coordinator.Warehouse.Postgres;
using Coordinator.Warehouse.Redshift;

namespace Coordinator.Tests.Documentation;

/// <summary>docs/settings.md has every setting of the options classes, its default and its XML documentation, and no other.</summary>
public sealed class SettingsPageTests
{
    private const string Marker = "<!-- What follows is generated from the options classes: see CONTRIBUTING.md. -->\n";

    [Fact]
    public void The_page_of_settings_is_what_the_options_classes_say()
    {
        var file = Path.Combine(HostProgram.Root().FullName, "docs", "settings.md");
        var page = File.ReadAllText(file);
        var at = page.IndexOf(Marker, StringComparison.Ordinal);
        Assert.True(at > 0, $"{file} has no line {Marker}");
        var whole = page[..(at + Marker.Length)] + Generated();
        if (Environment.GetEnvironmentVariable("COORDINATOR_WRITE_DOCS") == "1") File.WriteAllText(file, whole);
        else Assert.True(page == whole, $"docs/settings.md: {Difference(page, whole)}. CONTRIBUTING.md has the command that writes it again.");
    }

    private static string Generated()
    {
        var page = new SettingsPage();
        page.Add(WarehouseOptions.Section, typeof(WarehouseOptions));
        page.Add(DuckDbWarehouseOptions.Section, typeof(DuckDbWarehouseOptions));
        page.Add(PostgresWarehouseOptions.Section, typeof(PostgresWarehouseOptions));
        page.Add(RedshiftWarehouseOptions.Section, typeof(RedshiftWarehouseOptions));
        page.Add(LockingOptions.Section, typeof(LockingOptions));
        page.Add(ClusteringOptions.Section, typeof(ClusteringOptions));
        page.Add(SiloOptions.Section, typeof(SiloOptions));
        page.Add(GrainsOptions.Section, typeof(GrainsOptions));
        page.Add(CoordinatorClientOptions.Section, typeof(CoordinatorClientOptions));
        page.Add(HttpSettings.Section, typeof(HttpSettings));
        return page.ToString();
    }

    private static string Difference(string page, string whole)
    {
        var (has, wants) = (page.Split('\n'), whole.Split('\n'));
        var at = has.Zip(wants).TakeWhile(static pair => pair.First == pair.Second).Count();
        return $"line {at + 1} is '{has.ElementAtOrDefault(at)}', where '{wants.ElementAtOrDefault(at)}' was expected";
    }
}
