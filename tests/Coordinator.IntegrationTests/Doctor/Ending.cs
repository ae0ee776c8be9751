namespace Coordinator.IntegrationTests.Doctor;

/// <summary>Something that ends with a stage.</summary>
internal sealed class Ending(Action end) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        end();
        return ValueTask.CompletedTask;
    }
}
