namespace Coordinator.Locking;

// Replaced by the locking branch.
[AttributeUsage(AttributeTargets.Class)]
public sealed class GhettoLockedAttribute : Attribute;
