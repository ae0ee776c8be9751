using System.Collections.Concurrent;
using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>A pool that tries out connections that were idle for a second: a load balancer, a NAT gateway or a fail-over can have ended such a
/// connection without a word, and the first statement on it would wait for its whole timeout.</summary>
/// <param name="source">Npgsql's pool; disposed with it.</param>
/// <param name="losses">How often the pools of one warehouse have met a connection that had ended without a word; shared by them. What one pool meets
/// holds for the idle connections of the others, which would find it out one after another, in the middle of a transaction.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionPool(NpgsqlDataSource source, StrongBox<int> losses, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The time for the answer, in seconds: short, because a pool can be asked in the middle of a transaction, whose own connection is
    /// idle meanwhile.</summary>
    private const int AnswerSeconds = 2;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly bool _isPooled = new NpgsqlConnectionStringBuilder(source.ConnectionString).Pooling;

    // By the server's process id. Bounded by the number of sessions.
    private readonly ConcurrentDictionary<int, Returned> _returned = new();

    /// <summary>The settings of its connections, without the password.</summary>
    public string ConnectionString => source.ConnectionString;

    public async ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = Volatile.Read(ref losses.Value);
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            if (!_isPooled) return connection;
            var session = connection.ProcessID;
            if (!_returned.TryRemove(session, out var returned) || await IsAliveAsync(connection, returned, cancellationToken).ConfigureAwait(false))
            {
                connection.StateChange += (_, change) =>
                {
                    if (change.CurrentState == ConnectionState.Closed) _returned[session] = new Returned(time.GetTimestamp(), before);
                };
                return connection;
            }

            // The others have been idle for about as long.
            await connection.DisposeAsync().ConfigureAwait(false);
            source.Clear();
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async ValueTask<bool> IsAliveAsync(NpgsqlConnection connection, Returned returned, CancellationToken cancellationToken)
    {
        if (returned.Losses != Volatile.Read(ref losses.Value)) return false;
        if (time.GetElapsedTime(returned.At) < Fresh) return true;
        try
        {
            await using var probe = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = AnswerSeconds };
            await probe.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (NpgsqlException) when (!cancellationToken.IsCancellationRequested)
        {
            // Npgsql logs it. Another connection is opened, whose failure the caller gets.
            Interlocked.Increment(ref losses.Value);
            return false;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <param name="At">When the connection was returned.</param>
    /// <param name="Losses">The number of losses that were known when it was opened.</param>
    private readonly record struct Returned(long At, int Losses);
}
