namespace Coordinator.Grains;

/// <summary>Times that both ends of a call must agree on.</summary>
public static class TableGrainCalls
{
    /// <summary>How long a call waits inside a grain before it answers "pending". With the wait for the ghetto lock before it, it stays within
    /// the calls' response timeout of 50 s. It is short because a client takes a silence that lasts longer for the silo's end.</summary>
    public static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(5);
}
