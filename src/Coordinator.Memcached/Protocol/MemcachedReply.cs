namespace Coordinator.Memcached.Protocol;

/// <summary>One answer.</summary>
/// <param name="Kind">The kind of the reply.</param>
/// <param name="Value">The value, for <see cref="ReplyKind.Value"/>; else empty.</param>
/// <param name="Cas">The value's CAS. It is valid only on the connection that returned it: a restarted server counts from 1 again.</param>
/// <param name="TtlSeconds">The remaining TTL by the server; null if not requested, -1 for no expiry.</param>
/// <param name="Detail">The failure, for operators; else empty.</param>
public readonly record struct MemcachedReply(
    ReplyKind Kind, string Value = "", ulong Cas = 0, int? TtlSeconds = null, string Detail = "")
{
    /// <summary>True for <see cref="ReplyKind.Unreachable"/>, <see cref="ReplyKind.Lost"/> and <see cref="ReplyKind.Error"/>: the state of the
    /// key is unknown.</summary>
    public bool IsTrouble => Kind is ReplyKind.Unreachable or ReplyKind.Lost or ReplyKind.Error;

    internal static MemcachedReply Error(string detail) => new(ReplyKind.Error, Detail: detail);
}
