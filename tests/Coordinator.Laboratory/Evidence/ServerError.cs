using Npgsql;

namespace Coordinator.Laboratory.Evidence;

/// <summary>A statement that PostgreSQL failed.</summary>
internal sealed record ServerError(DateTimeOffset At, string Process, string State, string Application, string Message)
{
    public string Detail { get; init; } = "";

    public string Statement { get; init; } = "";

    public bool IsSerializationFailure => State == PostgresErrorCodes.SerializationFailure;

    public bool IsDeadlock => State == PostgresErrorCodes.DeadlockDetected;

    /// <summary>True if the statement met a rival at the fence of a table: two transactions of one table were open at once.</summary>
    public bool IsAtFence => Statement.Contains("#fence", StringComparison.Ordinal);

    public override string ToString() => $"{At:HH:mm:ss.fff} {Application}: {State} {Message} {Detail} [{Statement}]";
}
