using Coordinator.Client;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Jobs;

/// <summary>The registered update jobs: <c>Coordinator:Jobs:&lt;name&gt;:{Sql,Writes,Reads}</c>.</summary>
internal sealed class JobCatalog(IConfiguration configuration)
{
    private const string Section = "Coordinator:Jobs";

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => [.. configuration.GetSection(Section).GetChildren().Select(static c => c.Key).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The job, or null if none has that name.</summary>
    /// <exception cref="FormatException">The job's settings are wrong; the message names the key.</exception>
    public UpdateRequest? Find(string name)
    {
        var section = configuration.GetSection(Section).GetChildren().FirstOrDefault(c => string.Equals(c.Key, name, StringComparison.OrdinalIgnoreCase));
        if (section is null) return null;
        var sql = section["Sql"];
        if (string.IsNullOrWhiteSpace(sql)) throw new FormatException($"{section.Path}:Sql is empty; expected the SQL to run.");
        return new UpdateRequest { Job = section.Key, Sql = sql, Writes = Tables(section.GetSection("Writes")), Reads = Tables(section.GetSection("Reads")) };
    }

    /// <summary>What to say of a name that is no job's.</summary>
    public string Unknown(string name) => Names is { Count: > 0 } names
        ? $"There is no job '{name}'. Registered are: {string.Join(", ", names)}."
        : $"There is no job '{name}': none is registered. Give {Section}:{name}:Sql.";

    private static IReadOnlyList<TableName> Tables(IConfigurationSection section)
    {
        var texts = section.Value is { } list ? TableList.Split(list) : [.. section.GetChildren().Select(static c => c.Value ?? "")];
        try
        {
            return [.. texts.Select(TableName.Parse)];
        }
        catch (FormatException e)
        {
            throw new FormatException($"{section.Path}: {e.Message}", e);
        }
    }
}
