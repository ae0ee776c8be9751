namespace Coordinator.Files.Records;

/// <summary>A record's text: in memory, or, if it is too large, its position in the input.</summary>
/// <param name="Text">The text; empty if it is too large.</param>
/// <param name="Offset">The number of bytes before it.</param>
/// <param name="Length">Its size in bytes.</param>
internal readonly record struct RecordPlace(ReadOnlyMemory<byte> Text, long Offset, long Length);
