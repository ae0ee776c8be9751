using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Postgres.Catalog;

/// <summary>The catalog's description of a target table.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="IsLockable">Whether LOCK TABLE may name it.</param>
/// <param name="HasDomains">Whether a column's type is a domain.</param>
/// <param name="HasSideSchema">Whether the schema of all ledgers exists.</param>
/// <param name="HasLedger">Whether its ledger and fence exist.</param>
/// <param name="HasContent">Whether its ledger has a column for content hashes. One of an earlier version does not.</param>
internal sealed record CatalogTable(TableSchema Schema, bool IsLockable, bool HasDomains, bool HasSideSchema, bool HasLedger, bool HasContent);
