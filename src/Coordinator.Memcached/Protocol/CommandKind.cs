namespace Coordinator.Memcached.Protocol;

/// <summary>The kind of a request, which decides the valid answers.</summary>
internal enum CommandKind
{
    Add,
    Set,
    Get,
    Peek,
    Touch,
    Delete,
    NoOp,
    Config,
}
