using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Redshift.Catalog;

/// <summary>What the system views say of a target table.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="HasSideSchema">Whether the schema of all ledgers stands.</param>
/// <param name="HasLedger">Whether its ledger stands.</param>
/// <param name="HasFence">Whether its fence stands.</param>
/// <param name="HasContent">Whether its ledger keeps hashes of content: one made by an earlier version does not.</param>
internal sealed record RedshiftTable(TableSchema Schema, bool HasSideSchema, bool HasLedger, bool HasFence, bool HasContent);
