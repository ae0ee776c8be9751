using Coordinator.Contention;
using Coordinator.Tables;

namespace Coordinator.Core.Contention.Labels;

/// <summary>What meters read of a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Account">Whose counts these are: another account of the same table counts from nothing.</param>
/// <param name="Counts">Since the account began.</param>
/// <param name="ContentionMilliseconds">How old the oldest wait was on average lately.</param>
/// <param name="LatestAt">When something last happened.</param>
/// <param name="Gauges">Its live activations.</param>
public sealed record TableReading(TableName Table, object Account, TableCounts Counts, double ContentionMilliseconds, DateTimeOffset LatestAt, TableGauges Gauges);
