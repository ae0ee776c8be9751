namespace Coordinator.Core.Leases;

/// <summary>What is known of a key: only what was read.</summary>
public enum LockReplyKind
{
    /// <summary>The key has the requested token.</summary>
    Mine,

    /// <summary>The key has another token.</summary>
    HeldByOther,

    /// <summary>The key is missing, on a server whose memory is trusted.</summary>
    Free,

    /// <summary>On a server that recently lost its memory the key is missing, or has the requested token: a former holder may still rely on
    /// it.</summary>
    Quarantined,

    /// <summary>A request was sent, and no trustworthy answer came.</summary>
    Unknown,

    /// <summary>No request was sent, because there is no connection.</summary>
    Unreachable,
}
