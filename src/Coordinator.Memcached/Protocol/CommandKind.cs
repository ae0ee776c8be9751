namespace Coordinator.Memcached.Protocol;

/// <summary>What was asked: it decides which answers make sense.</summary>
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
