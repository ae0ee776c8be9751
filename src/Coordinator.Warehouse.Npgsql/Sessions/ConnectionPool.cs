using System.Collections.Concurrent;
using System.Data;
using Npgsql;

namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>A pool that tries out connections that were idle for a second: a load balancer, a NAT gateway or a fail-over can have ended such a
/// connection without a word, and the first statement on it would wait for its whole timeout.</summary>
/// <param name="source">Npgsql's pool; disposed with it.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionPool(NpgsqlDataSource source, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The time for the answer to an empty query, in seconds.</summary>
    private const int AnswerSeconds = 5;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // By the server's process id: when the connection was returned. Bounded by the number of sessions.
    private readonly ConcurrentDictionary<int, long> _returned = new();

    /// <summary>The settings of its connections, without the password.</summary>
    public string ConnectionString => source.ConnectionString;

    public async ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            var session = connection.ProcessID;
            if (!_returned.TryRemove(session, out var since) || time.GetElapsedTime(since) < Fresh
                || await AnswersAsync(connection, cancellationToken).ConfigureAwait(false))
            {
                connection.StateChange += (_, change) =>
                {
                    if (change.CurrentState == ConnectionState.Closed) _returned[session] = time.GetTimestamp();
                };
                return connection;
            }

            // The others have probably been idle for as long.
            await connection.DisposeAsync().ConfigureAwait(false);
            source.Clear();
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async ValueTask<bool> AnswersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var nothing = new NpgsqlCommand("", connection) { CommandTimeout = AnswerSeconds };
            await nothing.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (NpgsqlException) when (!cancellationToken.IsCancellationRequested)
        {
            // Npgsql logs it. Another connection is opened, whose failure the caller gets.
            return false;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
