namespace Coordinator.IntegrationTests.Memcached;

/// <summary>Tests that measure their whole process, so that no other may run beside them.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
