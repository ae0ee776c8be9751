using System.Collections.Concurrent;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>How operations of one kind ended.</summary>
internal sealed class Operations
{
    private readonly ConcurrentQueue<string> _failures = [];
    private long _committed;
    private long _conflicts;

    public long Committed => Interlocked.Read(ref _committed);

    /// <summary>Those that PostgreSQL failed for the sake of others: serialization failures and deadlocks.</summary>
    public long Conflicts => Interlocked.Read(ref _conflicts);

    /// <summary>Those that failed for any other reason.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Runs one and counts how it ended.</summary>
    /// <returns>Whether it committed.</returns>
    public async Task<bool> TryAsync(Func<Task> operation)
    {
        try
        {
            await operation();
            Interlocked.Increment(ref _committed);
            return true;
        }
        catch (PostgresException conflict) when (conflict.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected)
        {
            Interlocked.Increment(ref _conflicts);
        }
        catch (Exception failure)
        {
            _failures.Enqueue($"{failure.GetType().Name}: {failure.Message}");
        }

        return false;
    }
}
