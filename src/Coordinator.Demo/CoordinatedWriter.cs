using Coordinator.Client;

namespace Coordinator.Demo;

/// <summary>A writer of the second half: the same writes as intents. The coordinator handles conflicts.</summary>
internal sealed class CoordinatedWriter(ICoordinatorClient client, DemoTables tables, string source) : IDemoWriter
{
    private readonly WriteOptions _options = new() { Source = source };

    public async Task<bool> InsertAsync(IReadOnlyList<EventRow> rows, CancellationToken cancellationToken) =>
        (await client.InsertAsync(tables.Events, rows, _options, cancellationToken)).EnsureNotRejected().IsCommitted;

    public async Task<bool> UpdateAsync(CancellationToken cancellationToken)
    {
        var job = new UpdateRequest { Sql = tables.Job, Writes = [tables.Summary], Reads = [tables.Events], Job = "summary" };
        return (await client.UpdateAsync(job, _options, cancellationToken)).EnsureNotRejected().IsCommitted;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
