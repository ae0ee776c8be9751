namespace Coordinator.Core.Leases;

/// <summary>What a lock store knows after one request.</summary>
/// <param name="Kind">The knowledge.</param>
/// <param name="Owner">The owner's token if known; else empty.</param>
/// <param name="Remaining">The key's remaining TTL by the server, if known; for <see cref="LockReplyKind.Quarantined"/>, the remaining time of
/// the quarantine.</param>
/// <param name="Detail">The server and the failure, for operators; else empty.</param>
public readonly record struct LockReply(LockReplyKind Kind, string Owner = "", TimeSpan Remaining = default, string Detail = "");
