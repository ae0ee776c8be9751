using Coordinator.Client;
using Coordinator.Tables;

namespace Coordinator.BrowserTests.Silos;

/// <summary>Writers that insert continuously and updates that run, until they are stopped. Any failure before that fails the test.</summary>
internal sealed class Work : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _tasks = [];

    private Work()
    {
    }

    public static Work Begin() => new();

    public void Insert(ICoordinatorClient client, string table, string source) =>
        _tasks.Add(InsertAsync(client, TableName.Parse(table), new WriteOptions { Source = source }));

    public void Update(ICoordinatorClient client, UpdateRequest request, string source) =>
        _tasks.Add(client.UpdateAsync(request, new WriteOptions { Source = source }, _over.Token));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var task in _tasks)
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException)
            {
                // The work was stopped.
            }
        }
        _over.Dispose();
    }

    private async Task InsertAsync(ICoordinatorClient client, TableName table, WriteOptions options)
    {
        for (var i = 0; ; i++)
        {
            await client.InsertAsync(table, [new { id = i }], options, _over.Token);
            await Task.Delay(Pause, TimeProvider.System, _over.Token);
        }
    }
}
