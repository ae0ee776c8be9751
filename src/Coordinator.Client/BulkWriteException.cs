namespace Coordinator.Client;

/// <summary>Intents of a <see cref="BulkWriter{T}"/> were rejected or not answered. All others are committed.</summary>
/// <param name="failures">These intents.</param>
public sealed class BulkWriteException(IReadOnlyList<BulkOutcome> failures)
    : Exception($"{failures.Count} intents were not committed: {string.Join("; ", failures.Take(3))}{(failures.Count > 3 ? "; …" : "")}",
        failures.FirstOrDefault(static f => f.Error is not null)?.Error)
{
    /// <summary>The intents that were not committed, with their rows and the reasons.</summary>
    public IReadOnlyList<BulkOutcome> Failures { get; } = failures;
}
