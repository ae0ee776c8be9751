using Coordinator.Core.Warehouses;
using Coordinator.Intents;

namespace Coordinator.Core.Committing;

/// <summary>The search for rows that the warehouse refuses in words that no rule knows. The batch is halved until such an intent is alone. It is
/// rejected if rows of others commit after its last try, because then the warehouse works; otherwise the warehouse may be at fault, and it is
/// not.</summary>
internal sealed class SuspectIntents
{
    /// <summary>More failures than halvings of the largest batch, without a commit between them, are not about one row.</summary>
    private const int MaxFailures = 24;

    private readonly List<(InsertIntent Intent, WarehouseException Failure)> _alone = [];
    private readonly List<(InsertIntent Intent, WarehouseException Failure)> _proven = [];
    private int _failures;

    /// <summary>The intents that failed alone, and after which no other wrote rows.</summary>
    public IReadOnlyList<(InsertIntent Intent, WarehouseException Failure)> Unproven => _alone;

    /// <summary>The intents that failed alone, and after which others wrote rows.</summary>
    public IReadOnlyList<(InsertIntent Intent, WarehouseException Failure)> Proven => _proven;

    /// <summary>A transaction has committed rows. One that only read the ledger proves nothing.</summary>
    public void OnWritten()
    {
        _failures = 0;
        _proven.AddRange(_alone);
        _alone.Clear();
    }

    /// <summary>Whether the search goes on after a failure.</summary>
    public bool MayContinue(WarehouseException failure) => failure.Cause == FailureCause.UnexplainedRefusal && ++_failures <= MaxFailures;

    public void Add(InsertIntent intent, WarehouseException failure) => _alone.Add((intent, failure));
}
