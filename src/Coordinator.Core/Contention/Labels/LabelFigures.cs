using Coordinator.Contention;

namespace Coordinator.Core.Contention.Labels;

/// <summary>What is told under one label.</summary>
/// <param name="Label">A table's name, or <see cref="TableLabels.Other"/>.</param>
/// <param name="Counts">All that was ever told under this label; it never falls.</param>
/// <param name="Now">How its tables stand: sums, and of times the longest. Null for a table that gave its label away: it stands under other.</param>
public readonly record struct LabelFigures(string Label, TableCounts Counts, LabelGauges? Now);
