using Orleans.Concurrency;

namespace Coordinator.IntegrationTests.Locking;

[Alias("coordinator.tests.IAnsweringExtension")]
public interface IAnsweringExtension : IGrainExtension
{
    /// <summary>A call that waits for the lock keeps the grain busy, so only interleaving calls are answered during that time.</summary>
    [Alias("Answer")]
    [AlwaysInterleave]
    Task<int> AnswerAsync();
}
