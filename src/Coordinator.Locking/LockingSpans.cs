using System.Diagnostics;
using Coordinator.Contention;
using Coordinator.Core.Leases;
using Coordinator.Core.Tracing;
using Coordinator.Intents;
using Coordinator.Memcached.Connections;

namespace Coordinator.Locking;

/// <summary>The activity sources <c>Coordinator.Locking</c>, for calls that wait for their activation's lock, and <c>Coordinator.Memcached</c>,
/// for the requests during that wait. Renewals are in no trace.</summary>
internal static class LockingSpans
{
    public const string SourceName = "Coordinator.Locking";
    public const string MemcachedSourceName = "Coordinator.Memcached";

    /// <summary>A call that waits for its activation's lock.</summary>
    public const string Lock = "lock";

    /// <summary>One try to acquire the key; its requests are sent together.</summary>
    public const string Acquire = "memcached acquire";

    /// <summary>One try to restore the key.</summary>
    public const string Reassert = "memcached reassert";

    private const string Key = "coordinator.lock.key";
    private const string Reply = "coordinator.lock.reply";
    private const string State = "coordinator.lock.state";
    private const string Server = "server.address";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly ActivitySource MemcachedSource = new(MemcachedSourceName);

    /// <summary>A span in the trace of the call; null if it is not recorded.</summary>
    public static Activity? StartLock(string key, ITraced? call) =>
        Source.StartIn(call, Lock, ActivityKind.Internal)?.SetTag(Key, key);

    /// <summary>A child of the waiting call's span; null if there is none.</summary>
    public static Activity? StartAsking(string name, ServerAddress server) =>
        Activity.Current is null ? null : MemcachedSource.StartActivity(name, ActivityKind.Client)?.SetTag(Server, server.ToString());

    public static void End(this Activity span, LeaseState state)
    {
        span.SetTag(State, state.ToString());
        if (state is not (LeaseState.Held or LeaseState.Unverified)) span.SetStatus(ActivityStatusCode.Error);
    }

    public static LockReply Told(this Activity? span, LockReply reply)
    {
        span?.SetTag(Reply, reply.Kind.ToString());
        return reply;
    }
}
