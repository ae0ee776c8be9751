using Coordinator.Core.Leases;

namespace Coordinator.Tests.Locking;

/// <summary>A lock store with scripted answers that keeps its requests.</summary>
internal sealed class ScriptedLockStore : ILockStore
{
    public static readonly LockReply Mine = new(LockReplyKind.Mine, "me", TimeSpan.FromSeconds(15));
    public static readonly LockReply Rivals = new(LockReplyKind.HeldByOther, "rival", TimeSpan.FromSeconds(9));
    public static readonly LockReply Free = new(LockReplyKind.Free);
    public static readonly LockReply Unreachable = new(LockReplyKind.Unreachable, Detail: "cache1 refused");

    private readonly List<string> _asked = [];

    /// <summary>"acquire", "renew", "reassert" and "release", in order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    public Func<ValueTask<LockReply>> OnAcquire { get; set; } = static () => new(Mine);

    public Func<ValueTask<LockReply>> OnRenew { get; set; } = static () => new(Mine);

    public Func<ValueTask<LockReply>> OnReassert { get; set; } = static () => new(Mine);

    public Func<CancellationToken, ValueTask<LockReply>> OnRelease { get; set; } = static _ => new(Free);

    public ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken) =>
        Answer("acquire", OnAcquire);

    public ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken) =>
        Answer("renew", OnRenew);

    public ValueTask<LockReply> ReassertAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken) =>
        Answer("reassert", OnReassert);

    public ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken) =>
        Answer("release", () => OnRelease(cancellationToken));

    private ValueTask<LockReply> Answer(string asked, Func<ValueTask<LockReply>> answer)
    {
        lock (_asked) _asked.Add(asked);
        return answer();
    }
}
