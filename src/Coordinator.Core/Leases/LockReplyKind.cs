namespace Coordinator.Core.Leases;

/// <summary>What is known of a key: never more than was read.</summary>
public enum LockReplyKind
{
    /// <summary>The key holds the token asked about.</summary>
    Mine,

    /// <summary>The key holds another token.</summary>
    HeldByOther,

    /// <summary>The key is absent, on a server whose memory is trusted.</summary>
    Free,

    /// <summary>On a server that lately lost its memory the key is absent, or the asking token's own: a former holder may still believe in it.</summary>
    Quarantined,

    /// <summary>Something was sent and no answer came that can be believed.</summary>
    Unknown,

    /// <summary>Nothing was sent: there is no connection.</summary>
    Unreachable,
}
