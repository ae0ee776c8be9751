namespace Coordinator.IntegrationTests.Locking;

/// <summary>A grain extension, like the runtime's own.</summary>
public sealed class AnsweringExtension : IAnsweringExtension
{
    public Task<int> AnswerAsync() => Task.FromResult(42);
}
