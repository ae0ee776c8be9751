namespace Coordinator.Memcached;

/// <summary>One answer.</summary>
/// <param name="Kind">What was said.</param>
/// <param name="Value">The value, for <see cref="ReplyKind.Value"/>; else empty.</param>
/// <param name="Cas">The value's CAS. It is good on the connection that returned it alone: a restarted server counts from 1 again.</param>
/// <param name="TtlSeconds">The life that the server says is left; null when not asked, -1 for ever.</param>
/// <param name="Detail">What went wrong, for the operator; else empty.</param>
public readonly record struct MemcachedReply(
    ReplyKind Kind, string Value = "", ulong Cas = 0, int? TtlSeconds = null, string Detail = "")
{
    /// <summary>True for <see cref="ReplyKind.Unreachable"/>, <see cref="ReplyKind.Lost"/> and <see cref="ReplyKind.Error"/>: nothing was learned.</summary>
    public bool IsTrouble => Kind is ReplyKind.Unreachable or ReplyKind.Lost or ReplyKind.Error;

    internal static MemcachedReply Error(string detail) => new(ReplyKind.Error, Detail: detail);
}
