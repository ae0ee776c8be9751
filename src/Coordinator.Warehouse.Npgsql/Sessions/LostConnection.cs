namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>The end of a connection on which a statement was abandoned, because its answer is lost. Connections of Npgsql cannot be ended from
/// outside, and must not be returned to the pool meanwhile.</summary>
internal static class LostConnection
{
    /// <summary>Leaves the connection to the statement, and runs its end afterwards.</summary>
    public static async Task EndAfterAsync(Task statement, Func<ValueTask> end)
    {
        await statement.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await end().ConfigureAwait(false);
    }
}
