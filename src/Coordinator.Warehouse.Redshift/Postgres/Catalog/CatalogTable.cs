using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Postgres.Catalog;

/// <summary>What the catalog says of a target table.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="HasSideSchema">Whether the schema of all ledgers stands.</param>
/// <param name="HasLedger">Whether its ledger and fence stand.</param>
internal sealed record CatalogTable(TableSchema Schema, bool HasSideSchema, bool HasLedger);
