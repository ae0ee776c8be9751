namespace Coordinator.Client.Submitting;

/// <summary>How long one write is tried, and what its caller is answered on the way.</summary>
/// <param name="Timeout">How long, all attempts together.</param>
/// <param name="WaitsWhenFull">True to try again while the table's queue is full.</param>
/// <param name="IsCallersId">True if the caller gave the id: an earlier call may have used it. False if this call made it.</param>
internal readonly record struct SubmitTerms(TimeSpan Timeout, bool WaitsWhenFull, bool IsCallersId);
