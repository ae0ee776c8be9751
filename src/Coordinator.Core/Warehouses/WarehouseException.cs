using Coordinator.Receipts;

namespace Coordinator.Core.Warehouses;

/// <summary>A transaction that did not commit, or may not have. Callers read <see cref="Kind"/>, never the message.</summary>
public sealed class WarehouseException(FailureKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The effect on the transaction.</summary>
    public FailureKind Kind { get; } = kind;

    /// <summary>The cause, for messages and figures.</summary>
    public FailureCause Cause { get; init; }

    /// <summary>True if the transaction met a rival at the ledger's fence: another activation of the same table was writing.</summary>
    public bool IsOverlap { get; init; }

    /// <summary>The column of a rejection, if the warehouse named one.</summary>
    public string Column { get; init; } = "";

    /// <summary>The row of the batch for a rejection, from 1, if the warehouse named one; else 0.</summary>
    public long Row { get; init; }

    /// <summary>The same failure, with the number of its statement.</summary>
    public WarehouseException InStatement(int ordinal, int count) =>
        count == 1 ? this : new(Kind, $"Statement {ordinal}: {Message}", this) { Cause = Cause, IsOverlap = IsOverlap, Column = Column, Row = Row };

    /// <summary>The same failure, with a row of the batch.</summary>
    public WarehouseException InRow(long row) =>
        row == Row ? this : new(Kind, Message, this) { Cause = Cause, IsOverlap = IsOverlap, Column = Column, Row = row };

    /// <summary>The rejection in the form of a receipt.</summary>
    public RowError ToRowError() => new(Row, Column, Message);
}
