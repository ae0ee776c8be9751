namespace Coordinator.RedshiftSimulator.Sessions;

/// <summary>The test ended the session at COMMIT.</summary>
internal sealed class SessionKilledException() : Exception("The session was killed at COMMIT.");
