namespace Coordinator.Client.Submitting;

/// <summary>The answer to an attempt is no longer awaited. Whether the attempt succeeded is unknown, as with any timeout.</summary>
internal sealed class AttemptAbandonedException() : TimeoutException("No answer came in time, or its connection is lost.");
