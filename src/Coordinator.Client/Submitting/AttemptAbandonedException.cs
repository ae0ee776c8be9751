namespace Coordinator.Client.Submitting;

/// <summary>The answer to an attempt is not waited for any longer. Whether it went through is unknown, as with any timeout.</summary>
internal sealed class AttemptAbandonedException() : TimeoutException("No answer came in time, or the connection that it was to come by is lost.");
