namespace Coordinator.IntegrationTests.Locking;

/// <summary>An extension of every grain, as the runtime's own are.</summary>
public sealed class AnsweringExtension : IAnsweringExtension
{
    public Task<int> AnswerAsync() => Task.FromResult(42);
}
