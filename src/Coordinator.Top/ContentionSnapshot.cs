namespace Coordinator.Top;

/// <summary>All tables at one moment.</summary>
internal sealed record ContentionSnapshot(DateTimeOffset At, IReadOnlyList<TableFigures> Tables);
