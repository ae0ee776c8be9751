using Coordinator.Contention;
using Coordinator.Dashboard.Live;
using Coordinator.Dashboard.Words;

namespace Coordinator.Dashboard.Overview;

/// <summary>A table in the list.</summary>
/// <param name="Now">Its figures.</param>
/// <param name="Rates">What happens there a second.</param>
public sealed record OverviewRow(TableContention Now, RateWindow Rates)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = Now.Table.ToString();

    /// <summary>Activations that live: more than one means that they overlap.</summary>
    public int Activations => Now.Silos.Count(static s => s.IsActive);

    /// <summary>Who waits, the first ones by name.</summary>
    public string Waiters => Now.QueueDepth == 0 ? Text.None : Headline.Waiters(Now);

    /// <summary>True if the filter's text is in its name, its silo, its lock's state, or a holder's or waiter's name.</summary>
    public bool Matches(string filter) => Words().Any(word => word.Contains(filter, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Words() =>
        [Name, Now.Silo, Now.Lock.State, .. Now.Holders.Select(static h => h.Source), .. Now.Waiters.Select(static w => w.Source)];
}
