using Coordinator.Tables;

namespace Coordinator.Intents;

/// <summary>SQL that a job runs in one transaction, with the tables that it writes and reads.</summary>
/// <remarks>The tables read belong to the set: writers that are serialized over the written tables alone still fail in cycles, because a cycle
/// closes through the tables read.</remarks>
[GenerateSerializer, Immutable, Alias("coordinator.UpdateIntent")]
public sealed class UpdateIntent : ITraced
{
    /// <summary>The idempotency key: submitting the same id again never runs the SQL again.</summary>
    [Id(0)]
    public required IntentId Id { get; init; }

    /// <summary>The statement or statements, without BEGIN and COMMIT.</summary>
    [Id(1)]
    public required string Sql { get; init; }

    /// <summary>The tables written. They are reserved exclusively, and the ledger of each records the intent. If <see cref="Reads"/> is empty
    /// too, the tables are found with EXPLAIN, and SQL whose tables are not certain is rejected.</summary>
    [Id(2)]
    public IReadOnlyList<TableName> Writes { get; init; } = [];

    /// <summary>The tables that are only read. They are reserved shared: other readers run at the same time, inserts wait.</summary>
    [Id(3)]
    public IReadOnlyList<TableName> Reads { get; init; } = [];

    /// <summary>The writer's name for itself, which identifies it in contention figures.</summary>
    [Id(4)]
    public string Source { get; init; } = "";

    /// <summary>The registered job of this run, or empty.</summary>
    [Id(5)]
    public string Job { get; init; } = "";

    /// <summary>How long the SQL may run before the warehouse cancels it; zero means the silo's default.</summary>
    [Id(6)]
    public TimeSpan MaxDuration { get; init; }

    /// <summary>Values for the <c>@name</c>s in the SQL.</summary>
    [Id(7)]
    public IReadOnlyList<SqlParameter> Parameters { get; init; } = [];

    /// <inheritdoc/>
    [Id(8)]
    public string TraceParent { get; init; } = "";

    /// <summary>A hash of the SQL and parameters, for an id that the caller made. It distinguishes other SQL under a known id from a repetition.
    /// Empty for other ids.</summary>
    [Id(9)]
    public Guid ContentHash { get; init; }

    /// <inheritdoc cref="InsertIntent.Warehouse"/>
    [Id(10)]
    public Guid Warehouse { get; init; }

    /// <summary>The same intent with the parameter values in its SQL.</summary>
    public UpdateIntent WithSql(string sql) =>
        new()
        {
            Id = Id,
            Sql = sql,
            Writes = Writes,
            Reads = Reads,
            Source = Source,
            Job = Job,
            MaxDuration = MaxDuration,
            TraceParent = TraceParent,
            ContentHash = ContentHash,
            Warehouse = Warehouse,
        };

    /// <summary>The same intent with the tables to reserve.</summary>
    public UpdateIntent WithTables(IReadOnlyList<TableName> writes, IReadOnlyList<TableName> reads) => new()
    {
        Id = Id,
        Sql = Sql,
        Writes = writes,
        Reads = reads,
        Source = Source,
        Job = Job,
        MaxDuration = MaxDuration,
        Parameters = Parameters,
        TraceParent = TraceParent,
        ContentHash = ContentHash,
        Warehouse = Warehouse,
    };

    /// <summary>The same intent as part of a trace.</summary>
    public UpdateIntent WithTrace(string traceParent) => new()
    {
        Id = Id,
        Sql = Sql,
        Writes = Writes,
        Reads = Reads,
        Source = Source,
        Job = Job,
        MaxDuration = MaxDuration,
        Parameters = Parameters,
        TraceParent = traceParent,
        ContentHash = ContentHash,
        Warehouse = Warehouse,
    };
}
