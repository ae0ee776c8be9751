namespace Coordinator.Clustering.Postgres;

/// <summary>The membership store is not usable, so the silo cannot start.</summary>
public sealed class MembershipUnavailableException(string message, Exception innerException) : Exception(message, innerException);
