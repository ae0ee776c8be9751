namespace Coordinator.Files.Reports;

/// <summary>The part of an input that could not be read: position, size and reason.</summary>
/// <param name="FromRow">Its first record: a line number, or a position in a JSON array.</param>
/// <param name="Line">The line where it begins.</param>
/// <param name="Byte">The number of bytes of text before it.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Reason">What is wrong, and what would be right.</param>
/// <param name="SavedTo">The file with a copy, if requested.</param>
public sealed record UnreadPart(long FromRow, long Line, long Byte, long Bytes, string Reason, string? SavedTo);
