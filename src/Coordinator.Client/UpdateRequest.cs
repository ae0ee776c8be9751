using System.Text.Json;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Client;

/// <summary>SQL to run in one transaction, with the tables it writes and the tables it reads.</summary>
public sealed record UpdateRequest
{
    /// <summary>The statement or statements, without BEGIN and COMMIT.</summary>
    public required string Sql { get; init; }

    /// <summary>The tables written. Leave out both lists, and the warehouse finds the tables; where it cannot for certain, the update is rejected and the reason says why.</summary>
    public IReadOnlyList<TableName> Writes { get; init; } = [];

    /// <summary>The tables only read. Leave none out, for cycles close through what was read: what is found undeclared is rejected by name. More than needed is fine.</summary>
    public IReadOnlyList<TableName> Reads { get; init; } = [];

    /// <summary>The registered job that this is a run of, or empty.</summary>
    public string Job { get; init; } = "";

    /// <summary>How long the SQL may run before the warehouse cancels it; zero for the silo's default.</summary>
    public TimeSpan MaxDuration { get; init; }

    /// <summary>Values for the <c>@name</c>s in the SQL, outside of quotes and comments. Each must be used, and each name must have one.</summary>
    public IReadOnlyList<SqlParameter> Parameters { get; init; } = [];

    internal UpdateIntent ToIntent(IntentId id, string source, Guid contentHash) => new()
    {
        Id = id,
        Sql = Sql,
        Writes = Writes,
        Reads = Reads,
        Source = source,
        Job = Job,
        MaxDuration = MaxDuration,
        Parameters = Parameters,
        ContentHash = contentHash,
    };

    /// <summary>A hash of what is to be run: job, SQL and values, but for instants, which differ from one submission of a run to the next.</summary>
    internal Guid HashContent()
    {
        var values = Parameters.Where(static p => !p.IsInstant).OrderBy(static p => p.Name, StringComparer.OrdinalIgnoreCase).SelectMany(static p => new[] { p.Name.ToUpperInvariant(), p.Value });
        return ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(new[] { Job, Sql }.Concat(values)));
    }
}
