namespace Coordinator.Warehouse.Redshift.Fingerprints;

/// <summary>A column, as far as binding and writing rely on it.</summary>
/// <param name="Number">Its number in the catalog: a column that is dropped and added again gets another.</param>
/// <param name="Name">Its exact name.</param>
/// <param name="Type">Its type with modifier; of a domain, the whole chain down to the base type.</param>
/// <param name="IsNotNull">Whether it refuses nulls.</param>
/// <param name="HasDefault">Whether a row may leave it out.</param>
/// <param name="Generation">How the server makes its values; empty if it does not.</param>
internal sealed record FingerprintColumn(int Number, string Name, string Type, bool IsNotNull, bool HasDefault, string Generation = "");
