namespace Coordinator.Memcached.Protocol;

/// <summary>The valid answers of each command.</summary>
internal static class CommandKinds
{
    public static bool IsAnsweredBy(this CommandKind command, ReplyKind reply) => command switch
    {
        CommandKind.Add => reply is ReplyKind.Stored or ReplyKind.NotStored,
        CommandKind.Set => reply is ReplyKind.Stored,
        CommandKind.Get or CommandKind.Peek or CommandKind.Touch => reply is ReplyKind.Value or ReplyKind.Miss,
        CommandKind.Delete => reply is ReplyKind.Deleted or ReplyKind.Exists or ReplyKind.NotFound,
        CommandKind.NoOp => reply is ReplyKind.NoOp,
        CommandKind.Config => reply is ReplyKind.Config,
        _ => false,
    };
}
