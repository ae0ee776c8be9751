using Coordinator.Tables;

namespace Coordinator.Intents;

/// <summary>SQL that a job wants run in one transaction, with the tables that it writes and the tables that it reads.</summary>
/// <remarks>
/// The tables read belong to the set: writers serialised over the written tables alone still fail in cycles, because the
/// cycle closes through what was read.
/// </remarks>
[GenerateSerializer, Immutable, Alias("coordinator.UpdateIntent")]
public sealed class UpdateIntent : ITraced
{
    /// <summary>The idempotency key: submitting the same id again never runs the SQL again.</summary>
    [Id(0)]
    public required IntentId Id { get; init; }

    /// <summary>The statement or statements, without BEGIN and COMMIT.</summary>
    [Id(1)]
    public required string Sql { get; init; }

    /// <summary>
    /// The tables written. Reserved exclusively, and each one's ledger records the intent. With <see cref="Reads"/> empty too they are found by explaining the SQL, which is
    /// rejected where that is not certain.
    /// </summary>
    [Id(2)]
    public IReadOnlyList<TableName> Writes { get; init; } = [];

    /// <summary>The tables only read. Reserved shared: other readers run beside this one, inserts wait.</summary>
    [Id(3)]
    public IReadOnlyList<TableName> Reads { get; init; } = [];

    /// <summary>The name that the writer gives itself, so that contention can be traced to someone.</summary>
    [Id(4)]
    public string Source { get; init; } = "";

    /// <summary>The registered job that this is a run of, or empty.</summary>
    [Id(5)]
    public string Job { get; init; } = "";

    /// <summary>How long the SQL may run before it is cancelled in the warehouse; zero means the silo's default.</summary>
    [Id(6)]
    public TimeSpan MaxDuration { get; init; }

    /// <summary>Values for the <c>@name</c>s in the SQL.</summary>
    [Id(7)]
    public IReadOnlyList<SqlParameter> Parameters { get; init; } = [];

    /// <inheritdoc/>
    [Id(8)]
    public string TraceParent { get; init; } = "";

    /// <summary>A hash of what is to be run, for an id that the caller made: other SQL under a known id is then told from the same again. Empty for other ids.</summary>
    [Id(9)]
    public Guid ContentHash { get; init; }

    /// <summary>The same intent with the values of its parameters in its SQL.</summary>
    public UpdateIntent WithSql(string sql) =>
        new() { Id = Id, Sql = sql, Writes = Writes, Reads = Reads, Source = Source, Job = Job, MaxDuration = MaxDuration, TraceParent = TraceParent, ContentHash = ContentHash };

    /// <summary>The same intent with the tables that are to be reserved.</summary>
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
    };
}
