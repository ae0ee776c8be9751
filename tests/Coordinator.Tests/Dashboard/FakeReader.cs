using Coordinator.Contention;
using Coordinator.Tables;

namespace Coordinator.Tests.Dashboard;

/// <summary>Returns a given answer when the test allows it.</summary>
internal sealed class FakeReader : IContentionReader
{
    private Task _gate = Task.CompletedTask;

    public int Asked { get; private set; }

    public Exception? Failure { get; set; }

    public TableContention[] Tables { get; set; } = [];

    public Func<TableDetail, TableDetail> Detail { get; set; } = static d => d;

    public TaskCompletionSource Hold()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate = gate.Task;
        return gate;
    }

    public async Task<ContentionOverview> ReadAsync(int limit)
    {
        await AnswerAsync();
        return Contended.Overview(Tables);
    }

    public async Task<TableDetail?> ReadAsync(TableName table)
    {
        await AnswerAsync();
        return Tables.FirstOrDefault(t => t.Table == table) is { } now ? Detail(Contended.Detail(now)) : null;
    }

    private async Task AnswerAsync()
    {
        Asked++;
        await _gate;
        if (Failure is not null) throw Failure;
    }
}
