using Coordinator.Core.Warehouses;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Stops a transaction just before COMMIT until a test lets it go on.</summary>
public sealed class CommitGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the transaction stands before COMMIT.</summary>
    public Task Reached => _reached.Task;

    public CommitCheck Check => async cancellationToken =>
    {
        _reached.TrySetResult();
        await _opened.Task.WaitAsync(cancellationToken);
        return true;
    };

    public void Open() => _opened.TrySetResult();
}
