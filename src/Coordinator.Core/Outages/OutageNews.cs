using Coordinator.Contention;

namespace Coordinator.Core.Outages;

/// <summary>Something to report about an outage: its begin, that it goes on, or its end.</summary>
/// <param name="Outage">The outage.</param>
/// <param name="Lasted">How long it has lasted, or did.</param>
/// <param name="Stage">What is new.</param>
public sealed record OutageNews(OutageFigures Outage, TimeSpan Lasted, OutageStage Stage);
