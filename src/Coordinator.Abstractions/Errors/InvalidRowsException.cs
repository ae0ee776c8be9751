namespace Coordinator.Errors;

/// <summary>Rows that make no block: lengths that differ, a row too large, bytes that are no block's.</summary>
[GenerateSerializer, Alias("coordinator.InvalidRowsException")]
public sealed class InvalidRowsException(string message) : Exception(message);
