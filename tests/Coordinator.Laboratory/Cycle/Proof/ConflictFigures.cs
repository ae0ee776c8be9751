using Coordinator.Laboratory.Evidence;

namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>Transactions that PostgreSQL failed because of others, by its own log.</summary>
/// <param name="SerializationFailures">Of any session, including readers.</param>
/// <param name="Deadlocks">Of any session.</param>
/// <param name="AtFences">Serialization failures of transactions that met another transaction of their table at its fence.</param>
/// <param name="Unexplained">Failures without an overlap that explains them.</param>
internal sealed record ConflictFigures(int SerializationFailures, int Deadlocks, int AtFences, IReadOnlyList<string> Unexplained)
{
    public static ConflictFigures Of(IEnumerable<ServerError> errors)
    {
        var conflicts = errors.Where(static e => e.IsSerializationFailure || e.IsDeadlock).ToList();
        return new ConflictFigures(
            conflicts.Count(static e => e.IsSerializationFailure),
            conflicts.Count(static e => e.IsDeadlock),
            conflicts.Count(static e => e.IsSerializationFailure && e.IsAtFence),
            [.. conflicts.Where(static e => !e.IsAtFence).Select(static e => e.ToString())]);
    }
}
