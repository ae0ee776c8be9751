using Coordinator.Receipts;

namespace Coordinator.Core.Warehouses;

/// <summary>A transaction that did not commit, or may not have: callers read <see cref="Kind"/>, never the message.</summary>
public sealed class WarehouseException(FailureKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What it means.</summary>
    public FailureKind Kind { get; } = kind;

    /// <summary>Why, for people and figures.</summary>
    public FailureCause Cause { get; init; }

    /// <summary>True if the rival was met at the ledger's fence: another activation of the same table was writing.</summary>
    public bool IsOverlap { get; init; }

    /// <summary>The column that a rejection is about, if the warehouse named one.</summary>
    public string Column { get; init; } = "";

    /// <summary>The row of the batch that a rejection is about, from 1 up, if the warehouse named one; else 0.</summary>
    public long Row { get; init; }

    /// <summary>The same failure, said to be of one of several statements.</summary>
    public WarehouseException InStatement(int ordinal, int count) =>
        count == 1 ? this : new(Kind, $"Statement {ordinal}: {Message}", this) { Cause = Cause, IsOverlap = IsOverlap, Column = Column, Row = Row };

    /// <summary>The same failure, about a row of the batch.</summary>
    public WarehouseException InRow(long row) => row == Row ? this : new(Kind, Message, this) { Cause = Cause, IsOverlap = IsOverlap, Column = Column, Row = row };

    /// <summary>The rejection as a receipt shows it.</summary>
    public RowError ToRowError() => new(Row, Column, Message);
}
