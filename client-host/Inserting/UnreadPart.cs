namespace Coordinator.ClientHost.Inserting;

/// <summary>The part of an input that could not be read: from where, how much, and why.</summary>
/// <param name="FromRow">The first record of it: its line, or its position in a JSON array.</param>
/// <param name="Line">The line where it begins.</param>
/// <param name="Byte">How many bytes of text stand before it.</param>
/// <param name="Bytes">How many bytes it has.</param>
/// <param name="Reason">What is wrong, and what would be right.</param>
/// <param name="SavedTo">The file that it was copied to, if that was asked for.</param>
internal sealed record UnreadPart(long FromRow, long Line, long Byte, long Bytes, string Reason, string? SavedTo);
