namespace Coordinator.IntegrationTests.Memcached;

/// <summary>Tests that measure their whole process, so that no other test may run at the same time.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
