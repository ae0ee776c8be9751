namespace Coordinator.Warehouse.Npgsql.Fingerprints;

/// <summary>The properties of a column that binding and writing rely on.</summary>
/// <param name="Number">Its number in the catalog. A column that is dropped and added again gets another one.</param>
/// <param name="Name">Its exact name.</param>
/// <param name="Type">Its type with modifier; for a domain, the whole chain down to the base type.</param>
/// <param name="IsNotNull">Whether it refuses nulls.</param>
/// <param name="HasDefault">Whether a row may omit it.</param>
/// <param name="Generation">How the server generates its values; empty if it does not.</param>
internal sealed record FingerprintColumn(int Number, string Name, string Type, bool IsNotNull, bool HasDefault, string Generation = "");
