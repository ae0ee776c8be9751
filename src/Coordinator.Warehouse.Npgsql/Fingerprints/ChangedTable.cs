using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Npgsql.Fingerprints;

/// <summary>The failure of a transaction whose table differs from the one that its rows were bound to.</summary>
internal static class ChangedTable
{
    /// <summary>The failure, or null if the fingerprint found is the schema's.</summary>
    public static WarehouseException? Of(TableSchema schema, string? found) =>
        schema.Fingerprint == found ? null : Because(schema, TableFingerprint.Difference(schema.Fingerprint, found));

    /// <summary>The failure, with a description of the change.</summary>
    public static WarehouseException Because(TableSchema schema, string change, Exception? cause = null) =>
        new(FailureKind.SchemaChanged, $"{schema.Table} has changed since the rows were bound to it: {change}.", cause);
}
