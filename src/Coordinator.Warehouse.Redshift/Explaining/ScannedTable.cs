namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>A table in Redshift's plan.</summary>
/// <param name="Database">The exact database; empty if the plan does not contain it.</param>
/// <param name="Schema">The exact schema; empty if the plan does not contain it, as for all tables except external ones.</param>
/// <param name="Table">The exact table, or its alias.</param>
/// <param name="MayBeAlias">Whether the plan has the alias, where the statement gives one.</param>
internal readonly record struct ScannedTable(string Database, string Schema, string Table, bool MayBeAlias = false);
