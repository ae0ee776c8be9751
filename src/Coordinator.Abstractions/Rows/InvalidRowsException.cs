namespace Coordinator.Rows;

/// <summary>Rows that do not form a block: different lengths, a row that is too large, or bytes that are not a block.</summary>
[GenerateSerializer, Alias("coordinator.InvalidRowsException")]
public sealed class InvalidRowsException(string message) : Exception(message);
