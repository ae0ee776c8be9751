using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>How operations of one kind ended.</summary>
internal sealed class Operations
{
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly ConcurrentDictionary<long, (string What, long Since)> _underWay = [];
    private long _begun;
    private long _committed;
    private long _conflicts;

    public long Committed => Interlocked.Read(ref _committed);

    /// <summary>Those that the warehouse failed for the sake of others: serialization failures and deadlocks.</summary>
    public long Conflicts => Interlocked.Read(ref _conflicts);

    /// <summary>Those that failed for any other reason.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Those that have been under way for longer than a given time, and how long.</summary>
    public IEnumerable<string> UnderWay(TimeSpan atLeast) =>
        from o in _underWay.Values
        let length = Stopwatch.GetElapsedTime(o.Since)
        where length >= atLeast
        select FormattableString.Invariant($"{o.What} for {length.TotalSeconds:0} s");

    /// <summary>Runs one and counts how it ended.</summary>
    /// <returns>Whether it committed.</returns>
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

    /// <summary>Redshift says which failure it is in the message alone.</summary>
    private static bool IsConflict(PostgresException failure) => failure switch
    {
        { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        { SqlState: PostgresErrorCodes.InternalError } => failure.MessageText is "1023" or "could not complete because of conflict with concurrent transaction",
        _ => false,
    };
}
