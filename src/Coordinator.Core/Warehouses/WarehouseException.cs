using Coordinator.Intents;
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

    /// <summary>The row of a rejection, from 1, if the warehouse named one; else 0. It counts within <see cref="Intent"/> once that is
    /// known.</summary>
    public long Row { get; init; }

    /// <summary>The intent of the row of a rejection; null if the warehouse did not name it.</summary>
    public IntentId? Intent { get; init; }

    /// <summary>True if the row itself is at fault, and not a row beside it, as for a duplicate key: it would be rejected in any batch.</summary>
    public bool IsOfRow { get; init; }

    /// <summary>True if a rejection is about the statement and not about a row: other rows with the same columns would be rejected, too.</summary>
    public bool IsOfStatement { get; init; }

    /// <summary>The same failure, with the number of its statement.</summary>
    public WarehouseException InStatement(int ordinal, int count) => count == 1 ? this : Copy($"Statement {ordinal}: {Message}", Intent, Row);

    /// <summary>The same failure, with the intent and the row in it that caused it; null if they are not known.</summary>
    public WarehouseException InRow((IntentId Intent, long Row)? at) => Copy(Message, at?.Intent, at?.Row ?? 0);

    /// <summary>The rejection in the form of a receipt.</summary>
    public RowError ToRowError() => new(Row, Column, Message);

    private WarehouseException Copy(string message, IntentId? intent, long row) => new(Kind, message, this)
    {
        Cause = Cause,
        IsOverlap = IsOverlap,
        Column = Column,
        Row = row,
        Intent = intent,
        IsOfRow = IsOfRow,
        IsOfStatement = IsOfStatement,
    };
}
