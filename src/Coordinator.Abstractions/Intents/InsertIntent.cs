using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Intents;

/// <summary>Rows that a service wants in one table. They are committed together or not at all.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.InsertIntent")]
public sealed class InsertIntent : ITraced
{
    // Null for none: most intents have none, and an absent array costs nothing on the wire.
    [Id(7)]
    private Guid[]? _anchors;

    [NonSerialized]
    private RowBlock? _sentRows;

    /// <summary>The idempotency key: submitting the same id again never writes again.</summary>
    [Id(0)]
    public required IntentId Id { get; init; }

    /// <summary>The table to write to.</summary>
    [Id(1)]
    public required TableName Table { get; init; }

    /// <summary>The rows, at least one.</summary>
    [Id(2)]
    public required RowBlock Rows { get; init; }

    /// <summary>The name that the writer gives itself, so that contention can be traced to someone.</summary>
    [Id(3)]
    public string Source { get; init; } = "";

    /// <summary>
    /// How long the intent may wait in the table's queue; zero means the table's default. Past it the intent is dropped
    /// without having been written, and the answer is <see cref="Errors.IntentExpiredException"/>.
    /// </summary>
    [Id(4)]
    public TimeSpan MaxWait { get; init; }

    /// <inheritdoc/>
    [Id(5)]
    public string TraceParent { get; init; } = "";

    /// <summary>
    /// A hash of the rows, for an id that the caller made (<see cref="Intents.ContentHash"/>): other content under a known id is then told from the same again. Empty for an
    /// id that the SDK made, which never names other rows.
    /// </summary>
    [Id(6)]
    public Guid ContentHash { get; init; }

    /// <summary>
    /// Origins under which the ledger is to know this intent's origin as well: a file's records, by which the file is recognised after it was mended. Empty for most.
    /// </summary>
    public IReadOnlyList<Guid> Anchors
    {
        get => _anchors ?? [];
        init => _anchors = value is { Count: > 0 } ? [.. value] : null;
    }

    /// <summary>The rows as they were sent, before binding. They are bound again when the table has changed.</summary>
    public RowBlock SentRows => _sentRows ?? Rows;

    /// <summary>The same intent with other rows: what binding made of them.</summary>
    public InsertIntent WithRows(RowBlock rows) => With(rows, TraceParent);

    /// <summary>The same intent as part of a trace.</summary>
    public InsertIntent WithTrace(string traceParent) => With(Rows, traceParent);

    private InsertIntent With(RowBlock rows, string traceParent) => new()
    {
        Id = Id,
        Table = Table,
        Rows = rows,
        Source = Source,
        MaxWait = MaxWait,
        TraceParent = traceParent,
        ContentHash = ContentHash,
        _anchors = _anchors,
        _sentRows = ReferenceEquals(rows, SentRows) ? null : SentRows,
    };
}
