using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>Outcomes of one kind of operation.</summary>
internal sealed class Operations
{
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly ConcurrentDictionary<long, (string What, long Since)> _underWay = [];
    private long _begun;
    private long _committed;
    private long _conflicts;

    public long Committed => Interlocked.Read(ref _committed);

    /// <summary>Operations that the warehouse failed because of others: serialization failures and deadlocks.</summary>
    public long Conflicts => Interlocked.Read(ref _conflicts);

    /// <summary>Operations that failed for any other reason.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Operations that have run for at least the given time, and for how long.</summary>
    public IEnumerable<string> UnderWay(TimeSpan atLeast) =>
        from o in _underWay.Values
        let length = Stopwatch.GetElapsedTime(o.Since)
        where length >= atLeast
        select FormattableString.Invariant($"{o.What} for {length.TotalSeconds:0} s");

    /// <summary>Runs an operation and counts its outcome.</summary>
    /// <returns>True if it committed.</returns>
    public async Task<bool> TryAsync(string what, Func<Task> operation)
    {
        var number = Interlocked.Increment(ref _begun);
        _underWay[number] = (what, Stopwatch.GetTimestamp());
        try
        {
            await operation();
            Interlocked.Increment(ref _committed);
            return true;
        }
        catch (PostgresException failure) when (IsConflict(failure))
        {
            Interlocked.Increment(ref _conflicts);
        }
        catch (Exception failure)
        {
            _failures.Enqueue($"{what}: {failure.GetType().Name}: {failure.Message}");
        }
        finally
        {
            _underWay.TryRemove(number, out _);
        }

        return false;
    }

    /// <summary>Redshift identifies the failure only in the message.</summary>
    private static bool IsConflict(PostgresException failure) => failure switch
    {
        { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        { SqlState: PostgresErrorCodes.InternalError } =>
            failure.MessageText is "1023" or "could not complete because of conflict with concurrent transaction",
        _ => false,
    };
}
