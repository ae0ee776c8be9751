namespace Coordinator.Simulation.Histories;

/// <summary>Finds one kind of mistake in a history.</summary>
internal interface IHistoryCheck
{
    IEnumerable<Finding> Find(History history);
}
