using Coordinator.Contention;
using Coordinator.Tables;

namespace Coordinator.Core.Contention.Labels;

/// <summary>The figures of a table for metrics.</summary>
/// <param name="Table">The table.</param>
/// <param name="Account">The account of the counts. Another account of the same table starts from zero.</param>
/// <param name="Counts">The counts since the account was created.</param>
/// <param name="ContentionMilliseconds">The recent average age of the oldest wait.</param>
/// <param name="LatestAt">The time of the last event.</param>
/// <param name="Gauges">The present state of its activations.</param>
public sealed record TableReading(
    TableName Table, object Account, TableCounts Counts, double ContentionMilliseconds, DateTimeOffset LatestAt, TableGauges Gauges);
