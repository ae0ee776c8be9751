namespace Coordinator.Core.Leases;

/// <summary>What a lock store knows after one exchange.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Owner">The owner's token, when known; else empty.</param>
/// <param name="Remaining">The life that the server says the key still has, when known; for <see cref="LockReplyKind.Quarantined"/>, how long the quarantine lasts.</param>
/// <param name="Detail">Which server, and what went wrong, for the operator; else empty.</param>
public readonly record struct LockReply(LockReplyKind Kind, string Owner = "", TimeSpan Remaining = default, string Detail = "");
