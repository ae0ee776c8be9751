using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Intents;

/// <summary>Rows to write to one table. They are committed together or not at all.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.InsertIntent")]
public sealed class InsertIntent : ITraced
{
    // Null for none: most intents have none, and an absent array takes no bytes on the wire.
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

    /// <summary>The writer's name for itself, which identifies it in contention figures.</summary>
    [Id(3)]
    public string Source { get; init; } = "";

    /// <summary>How long the intent may wait in the table's queue; zero means the table's default. After that it is dropped without being
    /// written, and the call fails with <see cref="Errors.IntentExpiredException"/>.</summary>
    [Id(4)]
    public TimeSpan MaxWait { get; init; }

    /// <inheritdoc/>
    [Id(5)]
    public string TraceParent { get; init; } = "";

    /// <summary>A hash of the rows, for an id that the caller made (<see cref="Intents.ContentHash"/>). It distinguishes other content under a
    /// known id from a repetition. Empty for an id that the SDK made, which is never reused.</summary>
    [Id(6)]
    public Guid ContentHash { get; init; }

    /// <summary>The warehouse that its sender writes to (<see cref="Grains.IWarehouseGrain"/>): a silo of another one refuses it. Empty if the sender
    /// does not know.</summary>
    [Id(8)]
    public Guid Warehouse { get; init; }

    /// <summary>Further origins under which the ledger records this intent's origin: records of a file, which identify the file after it was
    /// edited. Usually empty.</summary>
    public IReadOnlyList<Guid> Anchors
    {
        get => _anchors ?? [];
        init => _anchors = value is { Count: > 0 } ? [.. value] : null;
    }

    /// <summary>The rows as sent, before binding. They are bound again if the table has changed.</summary>
    public RowBlock SentRows => _sentRows ?? Rows;

    /// <summary>The same intent with other rows, for the result of binding.</summary>
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
        Warehouse = Warehouse,
        _anchors = _anchors,
        _sentRows = ReferenceEquals(rows, SentRows) ? null : SentRows,
    };
}
