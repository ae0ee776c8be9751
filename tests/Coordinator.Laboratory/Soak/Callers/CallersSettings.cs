using Coordinator.Laboratory.Cluster;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Laboratory.Soak.Callers;

/// <summary>What the process of the callers is given in its environment.</summary>
internal sealed record CallersSettings
{
    private const string Section = "Soak";

    /// <summary>The folder for the files of calls.</summary>
    public required string Folder { get; init; }

    public required string Database { get; init; }

    public required Uri ClientHost { get; init; }

    public required IReadOnlyList<Uri> Silos { get; init; }

    /// <summary>The last is written by updates, the others by inserts.</summary>
    public required IReadOnlyList<string> TableNames { get; init; }

    /// <summary>Settings of further clients.</summary>
    public IReadOnlyDictionary<string, string?> Clients => ClusterSettings.ForClients(Database);

    /// <summary>As settings of a process.</summary>
    public IReadOnlyDictionary<string, string?> ToSettings() => new Dictionary<string, string?>(Clients)
    {
        [Key(nameof(Folder))] = Folder,
        [Key(nameof(Database))] = Database,
        [Key(nameof(ClientHost))] = ClientHost.ToString(),
        [Key(nameof(Silos))] = string.Join(',', Silos),
        [Key(nameof(TableNames))] = string.Join(',', TableNames),
    };

    public static CallersSettings Read(IConfiguration configuration) => new()
    {
        Folder = Value(configuration, nameof(Folder)),
        Database = Value(configuration, nameof(Database)),
        ClientHost = new Uri(Value(configuration, nameof(ClientHost))),
        Silos = [.. Value(configuration, nameof(Silos)).Split(',').Select(static url => new Uri(url))],
        TableNames = Value(configuration, nameof(TableNames)).Split(','),
    };

    private static string Value(IConfiguration configuration, string name) =>
        configuration[Key(name)] ?? throw new InvalidOperationException($"The setting {Key(name)} is missing.");

    private static string Key(string name) => $"{Section}:{name}";
}
