using Coordinator.Core.Warehouses;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Stops a transaction directly before COMMIT until a test releases it.</summary>
public sealed class CommitGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the transaction reaches the gate before COMMIT.</summary>
    public Task Reached => _reached.Task;

    public CommitCheck Check => async cancellationToken =>
    {
        _reached.TrySetResult();
        await _opened.Task.WaitAsync(cancellationToken);
        return true;
    };

    public void Open() => _opened.TrySetResult();
}
