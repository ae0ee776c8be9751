namespace Coordinator.Files.Records;

/// <summary>The position and reason of the end of the readable part of a file or body. The records before it stay valid.</summary>
/// <param name="Row">The first unread record: a line number, or a position in a JSON array.</param>
/// <param name="Line">The line where the unread part begins.</param>
/// <param name="Byte">The number of bytes before that part.</param>
/// <param name="Reason">What is wrong, and what would be right.</param>
internal sealed record ReadBreak(long Row, long Line, long Byte, string Reason)
{
    /// <summary>True if the content has another format than expected, so that no part of it may be used.</summary>
    public bool IsOtherFormat { get; init; }
}
