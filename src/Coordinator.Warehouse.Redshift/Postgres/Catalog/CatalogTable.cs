using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Postgres.Catalog;

/// <summary>What the catalog says of a target table.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="IsLockable">Whether LOCK TABLE may name it.</param>
/// <param name="HasDomains">Whether a column's type is a domain.</param>
/// <param name="HasSideSchema">Whether the schema of all ledgers stands.</param>
/// <param name="HasLedger">Whether its ledger and fence stand.</param>
/// <param name="HasContent">Whether its ledger keeps hashes of content: one made by an earlier version does not.</param>
internal sealed record CatalogTable(TableSchema Schema, bool IsLockable, bool HasDomains, bool HasSideSchema, bool HasLedger, bool HasContent);
