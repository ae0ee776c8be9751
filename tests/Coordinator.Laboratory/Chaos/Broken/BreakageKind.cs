namespace Coordinator.Laboratory.Chaos.Broken;

/// <summary>A promise that silos break on purpose.</summary>
internal enum BreakageKind
{
    /// <summary>Receipts are given before COMMIT.</summary>
    ReceiptBeforeCommit,

    /// <summary>The ledger recognizes no intent.</summary>
    NoLedger,

    /// <summary>A table is not checked for other columns than those that rows were bound to.</summary>
    NoSchemaCheck,

    /// <summary>Outages stand in no log.</summary>
    SilentOutage,
}
