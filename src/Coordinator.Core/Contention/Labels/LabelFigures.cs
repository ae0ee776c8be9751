using Coordinator.Contention;

namespace Coordinator.Core.Contention.Labels;

/// <summary>The metrics of one label.</summary>
/// <param name="Label">A table's name, or <see cref="TableLabels.Other"/>.</param>
/// <param name="Counts">All counts ever reported under this label. They never decrease.</param>
/// <param name="Now">The present state of its tables: sums, and the longest of times. Null for a table that lost its label and now counts under
/// other.</param>
public readonly record struct LabelFigures(string Label, TableCounts Counts, LabelGauges? Now);
