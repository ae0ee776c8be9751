namespace Coordinator.Warehouse.Redshift.Redshift.Explaining;

/// <summary>A table as Redshift's plan names it.</summary>
/// <param name="Schema">The exact schema; empty where the plan does not say, as for all tables but external ones.</param>
/// <param name="Table">The exact table.</param>
internal readonly record struct ScannedTable(string Schema, string Table);
