using Coordinator.Core.Warehouses;
using Coordinator.Intents;

namespace Coordinator.Core.Committing;

/// <summary>The search for intents that the warehouse answers with an internal error, such as a row that it refuses in words that no rule knows.
/// The batch is halved until they are alone. They are rejected if others of the batch commit, because then the warehouse works; otherwise the
/// warehouse may be at fault, and they are not.</summary>
internal sealed class SuspectIntents
{
    /// <summary>More failures than halvings of the largest batch, without a commit between them, are not about one row.</summary>
    private const int MaxFailures = 24;

    private readonly List<(InsertIntent Intent, WarehouseException Failure)> _alone = [];
    private int _failures;

    /// <summary>The intents that failed alone, each with the warehouse's answer.</summary>
    public IReadOnlyList<(InsertIntent Intent, WarehouseException Failure)> Alone => _alone;

    /// <summary>True if a transaction of the same batch has committed.</summary>
    public bool HasCommitted { get; private set; }

    public void OnCommitted() => (HasCommitted, _failures) = (true, 0);

    /// <summary>Whether the search goes on after a failure.</summary>
    public bool MayContinue(WarehouseException failure) => failure.Cause == FailureCause.Internal && ++_failures <= MaxFailures;

    public void Add(InsertIntent intent, WarehouseException failure) => _alone.Add((intent, failure));
}
