namespace Coordinator.RedshiftSimulator.Sessions;

/// <summary>The session was killed at COMMIT on demand.</summary>
internal sealed class SessionKilledException() : Exception("The session was killed at COMMIT.");
