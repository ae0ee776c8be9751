namespace Coordinator.Memcached.Protocol;

/// <summary>The kind of memcached's reply. Each answer has its own kind, and a missing answer has one too.</summary>
public enum ReplyKind
{
    /// <summary>No request was sent: there is no connection, or too many requests are in flight.</summary>
    Unreachable,

    /// <summary>The request may have been sent, and no answer came: the effect is unknown.</summary>
    Lost,

    /// <summary>ERROR, CLIENT_ERROR, SERVER_ERROR or an invalid answer: the effect is unknown.</summary>
    Error,

    /// <summary>VA: the key exists, with this value.</summary>
    Value,

    /// <summary>EN: the requested key does not exist.</summary>
    Miss,

    /// <summary>STORED.</summary>
    Stored,

    /// <summary>NOT_STORED: the key already existed.</summary>
    NotStored,

    /// <summary>HD: the key was deleted.</summary>
    Deleted,

    /// <summary>EX: the key exists with another CAS.</summary>
    Exists,

    /// <summary>NF: the key to delete does not exist.</summary>
    NotFound,

    /// <summary>MN: the answer to a no-op.</summary>
    NoOp,

    /// <summary>CONFIG: the servers of a cluster. Only discovery requests it.</summary>
    Config,
}
