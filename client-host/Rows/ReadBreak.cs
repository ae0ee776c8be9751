namespace Coordinator.ClientHost.Rows;

/// <summary>Where and why nothing more of a file or a body can be read. What stands before it is not its fault.</summary>
/// <param name="Row">The first record that is not read: its line, or its position in a JSON array.</param>
/// <param name="Line">The line where the part that is not read begins.</param>
/// <param name="Byte">How many bytes stand before that part.</param>
/// <param name="Reason">What is wrong, and what would be right.</param>
internal sealed record ReadBreak(long Row, long Line, long Byte, string Reason)
{
    /// <summary>True if the content is in another format than was said, so that nothing of it is meant as it would be read.</summary>
    public bool IsOtherFormat { get; init; }
}
