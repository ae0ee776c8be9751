namespace Coordinator.Simulation.Histories;

/// <summary>A time in which the warehouse took no writes, and what said so meanwhile.</summary>
/// <param name="Cause">The fault.</param>
/// <param name="Began">When the fault struck.</param>
/// <param name="Ended">When it was mended.</param>
/// <param name="LogLines">Lines of silos about the outage.</param>
/// <param name="Samples">How often the metrics of a silo were read.</param>
/// <param name="SamplesThatTold">How many of them counted an outage.</param>
/// <param name="Failures">Answers of "not now" or "unknown" in words.</param>
/// <param name="FailuresThatTold">How many of them named an outage.</param>
internal sealed record Outage(
    string Cause, DateTimeOffset Began, DateTimeOffset Ended, int LogLines, int Samples, int SamplesThatTold, int Failures, int FailuresThatTold);
