using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Simulation.Leases;

/// <summary>One connection of one owner to one server. It keeps the order both ways, and it closes when an answer takes too long. Requests may
/// still arrive after that.</summary>
internal sealed class SimulatedConnection(World world, Network network, SimulatedOwner owner, SimulatedServer server, Link link)
    : IMemcachedConnection
{
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(2);

    private readonly Queue<TaskCompletionSource<MemcachedReply>> _inFlight = new();
    private readonly int _generation = server.Generation;
    private readonly int _life = owner.Life;
    private long _lastArrival;
    private long _lastReply;
    private bool _isMute;
    private bool _isDeaf;

    public ServerAddress Server => server.Address;

    public string ClosedBecause { get; private set; } = "";

    /// <summary>True while the server is still the process that was connected to. A restart ends the connection for the client too, unless a
    /// partition hides it.</summary>
    public bool IsOpen
    {
        get
        {
            if (ClosedBecause == "" && server.Generation != _generation && !link.IsDown) Close("reset by the server");
            return ClosedBecause == "";
        }
    }

    public ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken) =>
        SendAsync("get", key, () => server.Get(key, isUse: true));

    public ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken) =>
        SendAsync("peek", key, () => server.Get(key, isUse: false));

    public ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken) =>
        SendAsync("touch", key, () => server.Touch(key, ttl));

    public ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken) =>
        SendAsync("add", key, () => server.Add(key, value, ttl));

    public ValueTask<MemcachedReply> SetAsync(string key, string text, TimeSpan ttl, CancellationToken cancellationToken) =>
        SendAsync("set", key, () => server.Set(key, text, ttl));

    public ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken) =>
        SendAsync("delete", key, () => server.Delete(key, cas));

    public void Close(string reason)
    {
        if (ClosedBecause != "") return;
        ClosedBecause = reason;
        if (world.IsRecording) world.Note($"{owner} loses its connection to {server.Address}: {reason}");
        while (_inFlight.TryDequeue(out var pending)) pending.SetResult(new MemcachedReply(ReplyKind.Lost, Detail: reason));
    }

    private ValueTask<MemcachedReply> SendAsync(string verb, string key, Func<MemcachedReply> execute)
    {
        if (!IsOpen) return new(new MemcachedReply(ReplyKind.Unreachable, Detail: ClosedBecause));
        // Continuations run at once and in order: the owner acts within the event of the answer.
        var pending = new TaskCompletionSource<MemcachedReply>();
        _inFlight.Enqueue(pending);
        _isMute |= network.Loses();
        if (!_isMute)
        {
            _lastArrival = Math.Max(_lastArrival, link.UpAt + network.Latency().Ticks);
            world.At(_lastArrival, () => server.Receive(_generation, () => Reply(verb, key, execute())));
        }

        world.After(ReplyTimeout, () => Watch(pending));
        return new(pending.Task);
    }

    private void Reply(string verb, string key, MemcachedReply reply)
    {
        if (world.IsRecording)
            world.Note($"{owner} {verb} {key}: {reply.Kind} {reply.Value} c{reply.Cas} "
                + $"t{reply.TtlSeconds}{(ClosedBecause == "" ? "" : " (too late)")}");
        _isDeaf |= network.Loses();
        if (_isDeaf) return;
        _lastReply = Math.Max(_lastReply, link.UpAt + network.Latency().Ticks);
        world.At(_lastReply, () => owner.Deliver(() =>
        {
            if (ClosedBecause == "" && _inFlight.TryDequeue(out var pending)) pending.SetResult(reply);
        }, _life));
    }

    private void Watch(TaskCompletionSource<MemcachedReply> pending) => owner.Deliver(() =>
    {
        if (pending.Task.IsCompleted || ClosedBecause != "") return;
        // The timeout is a timer: after a pause the answer may be read before the timer fires.
        if (world.Chance(0.3)) world.After(TimeSpan.FromSeconds(0.5), () => Watch(pending));
        else Close("no answer in time");
    }, _life);
}
