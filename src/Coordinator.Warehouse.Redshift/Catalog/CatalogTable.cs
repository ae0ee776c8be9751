using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Catalog;

/// <summary>The system views' description of a target table.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="HasSideSchema">Whether the schema of all ledgers exists.</param>
/// <param name="HasLedger">Whether its ledger exists.</param>
/// <param name="HasFence">Whether its fence exists.</param>
/// <param name="HasContent">Whether its ledger has a column for content hashes. One of an earlier version does not.</param>
internal sealed record CatalogTable(TableSchema Schema, bool HasSideSchema, bool HasLedger, bool HasFence, bool HasContent);
