namespace Coordinator.ClientHost.Rows;

/// <summary>A record's text: in memory, or, if it is too large for that, where it stands in the input.</summary>
/// <param name="Text">The text; empty if it is too large.</param>
/// <param name="Offset">How many bytes stand before it.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct RecordPlace(ReadOnlyMemory<byte> Text, long Offset, long Length);
