namespace Coordinator.Warehouse.Postgres.Catalog;

/// <summary>A column in the catalog, with a domain resolved to its base type.</summary>
/// <param name="Name">Its exact name.</param>
/// <param name="BaseType">pg_type.typname: <c>int4</c>, <c>bpchar</c>.</param>
/// <param name="TypeName">format_type: <c>numeric(10,2)</c>.</param>
/// <param name="Modifier">The type modifier, -1 for none.</param>
/// <param name="IsEnum">Whether the base type is an enum.</param>
/// <param name="IsNotNull">By the column or by its domain.</param>
/// <param name="HasDefault">By the column, by its domain, or as an identity.</param>
/// <param name="IsGenerated">Whether only the server generates its values.</param>
internal sealed record CatalogColumn(
    string Name, string BaseType, string TypeName, int Modifier, bool IsEnum, bool IsNotNull, bool HasDefault, bool IsGenerated);
