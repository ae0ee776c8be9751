namespace Coordinator.IntegrationTests.Locking;

[Alias("coordinator.tests.IAnsweringExtension")]
public interface IAnsweringExtension : IGrainExtension
{
    [Alias("Answer")]
    Task<int> AnswerAsync();
}
