using Coordinator.Contention;
using Coordinator.Dashboard.Live;
using Coordinator.Dashboard.Words;

namespace Coordinator.Dashboard.Overview;

/// <summary>A table in the list.</summary>
/// <param name="Now">Its figures.</param>
/// <param name="Rates">Its rates per second.</param>
public sealed record OverviewRow(TableContention Now, RateWindow Rates)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = Now.Table.ToString();

    /// <summary>The number of active activations. More than one means that they overlap.</summary>
    public int Activations => Now.Silos.Count(static s => s.IsActive);

    /// <summary>The waiters, the first ones by name.</summary>
    public string Waiters => Now.QueueDepth == 0 ? Text.None : Headline.Waiters(Now);

    /// <summary>True if the name, the silo, the lock's state, or the name of a holder or waiter contains the filter text.</summary>
    public bool Matches(string filter) => Words().Any(word => word.Contains(filter, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Words() =>
        [Name, Now.Silo, Now.Lock.State.ToText(), .. Now.Holders.Select(static h => h.Source), .. Now.Waiters.Select(static w => w.Source)];
}
