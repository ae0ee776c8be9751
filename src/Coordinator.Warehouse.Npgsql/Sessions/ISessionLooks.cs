namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>What a watch asks the server, from a connection of its own.</summary>
internal interface ISessionLooks
{
    /// <summary>True if a session is not there any more, or has waited for its client, or rested, for the given time. Then it is ended, because it
    /// holds locks.</summary>
    Task<bool> EndIfLostAsync(int processId, TimeSpan resting, CancellationToken cancellationToken);

    /// <summary>Returns once the server answers, and ends a session if one is given.</summary>
    Task AskAsync(int? processId, CancellationToken cancellationToken);
}
