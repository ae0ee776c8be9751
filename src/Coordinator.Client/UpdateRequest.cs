using System.Text.Json;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Client;

/// <summary>SQL to run in one transaction, with the tables that it writes and reads.</summary>
public sealed record UpdateRequest
{
    /// <summary>The statement or statements, without BEGIN and COMMIT.</summary>
    public required string Sql { get; init; }

    /// <summary>The tables written. Without both lists the warehouse finds the tables; if that is not certain, the update is rejected with the
    /// reason.</summary>
    public IReadOnlyList<TableName> Writes { get; init; } = [];

    /// <summary>The tables only read. The list must be complete, because cycles close through tables that are read: an undeclared table that is
    /// found is rejected by name. Additional tables are allowed.</summary>
    public IReadOnlyList<TableName> Reads { get; init; } = [];

    /// <summary>The registered job of this run, or empty.</summary>
    public string Job { get; init; } = "";

    /// <summary>How long the SQL may run before the warehouse cancels it; zero for the silo's default.</summary>
    public TimeSpan MaxDuration { get; init; }

    /// <summary>Values for each <c>@name</c> in the SQL, outside of quotes and comments. Each value must be used, and each name must have
    /// one.</summary>
    public IReadOnlyList<SqlParameter> Parameters { get; init; } = [];

    internal UpdateIntent ToIntent(IntentId id, string source, Guid contentHash, Guid warehouse) => new()
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
        Warehouse = warehouse,
    };

    /// <summary>A hash of job, SQL and values, without instants, which differ between submissions of one run.</summary>
    internal Guid HashContent()
    {
        var values = Parameters.Where(static p => !p.IsInstant).OrderBy(static p => p.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(static p => new[] { p.Name.ToUpperInvariant(), p.Value });
        return ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(new[] { Job, Sql }.Concat(values)));
    }
}
