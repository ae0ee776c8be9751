namespace Coordinator.Memcached;

/// <summary>What memcached said. No two answers share a kind, and silence is not an answer.</summary>
public enum ReplyKind
{
    /// <summary>Nothing was sent: there is no connection, or too much is in flight.</summary>
    Unreachable,

    /// <summary>It may have been sent, and no answer came: what happened is unknown.</summary>
    Lost,

    /// <summary>ERROR, CLIENT_ERROR, SERVER_ERROR or an answer that makes no sense: what happened is unknown.</summary>
    Error,

    /// <summary>VA: the key is there, with this value.</summary>
    Value,

    /// <summary>EN: the key asked for is not there.</summary>
    Miss,

    /// <summary>STORED.</summary>
    Stored,

    /// <summary>NOT_STORED: the key was there before.</summary>
    NotStored,

    /// <summary>HD: the key was deleted.</summary>
    Deleted,

    /// <summary>EX: the key is there with another CAS.</summary>
    Exists,

    /// <summary>NF: the key to delete is not there.</summary>
    NotFound,

    /// <summary>MN: the answer to a no-op.</summary>
    NoOp,

    /// <summary>CONFIG: the servers of a cluster. Only discovery asks for it.</summary>
    Config,
}
