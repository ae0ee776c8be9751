namespace Coordinator.Clustering;

/// <summary>The place where the membership is kept cannot be used, so the silo cannot start.</summary>
public sealed class MembershipUnavailableException(string message, Exception innerException) : Exception(message, innerException);
