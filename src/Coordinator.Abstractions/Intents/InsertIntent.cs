using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Intents;

/// <summary>Rows that a service wants in one table. They are committed together or not at all.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.InsertIntent")]
public sealed class InsertIntent : ITraced
{
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
    /// How long the intent may wait in the table's queue; zero means the table's default. Past it the intent is dropped,
    /// certainly not written, and the answer is <see cref="Errors.IntentExpiredException"/>.
    /// </summary>
    [Id(4)]
    public TimeSpan MaxWait { get; init; }

    /// <inheritdoc/>
    [Id(5)]
    public string TraceParent { get; init; } = "";

    /// <summary>The same intent with other rows: what binding made of them.</summary>
    public InsertIntent WithRows(RowBlock rows) => new() { Id = Id, Table = Table, Rows = rows, Source = Source, MaxWait = MaxWait, TraceParent = TraceParent };

    /// <summary>The same intent as part of a trace.</summary>
    public InsertIntent WithTrace(string traceParent) => new() { Id = Id, Table = Table, Rows = Rows, Source = Source, MaxWait = MaxWait, TraceParent = traceParent };
}
