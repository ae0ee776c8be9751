namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>A table in Redshift's plan.</summary>
/// <param name="Schema">The exact schema; empty if the plan does not contain it, as for all tables except external ones.</param>
/// <param name="Table">The exact table.</param>
internal readonly record struct ScannedTable(string Schema, string Table);
