using Npgsql;

namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>A connection, and what runs on it. Disposing it while that has not ended, because its answer is lost, leaves the connection to it:
/// connections of Npgsql cannot be ended from outside, and must not be returned to the pool meanwhile.</summary>
internal sealed class Statements(NpgsqlConnection connection) : IAsyncDisposable
{
    private Task _running = Task.CompletedTask;

    public NpgsqlConnection Connection => connection;

    /// <summary>Notes what runs.</summary>
    public TTask Run<TTask>(TTask running)
        where TTask : Task
    {
        _running = running;
        return running;
    }

    /// <summary>Runs an end now, or once everything that ran here has ended.</summary>
    public async ValueTask EndAsync(Func<ValueTask> end)
    {
        if (_running.IsCompleted) await end().ConfigureAwait(false);
        else _ = EndLaterAsync(end);
    }

    public ValueTask DisposeAsync() => EndAsync(connection.DisposeAsync);

    private async Task EndLaterAsync(Func<ValueTask> end)
    {
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await end().ConfigureAwait(false);
    }
}
