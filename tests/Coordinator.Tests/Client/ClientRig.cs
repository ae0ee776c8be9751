using Coordinator.Client;
using Coordinator.Client.Submitting;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Client;

/// <summary>A client over scripted grains and a clock that the test drives.</summary>
internal sealed class ClientRig
{
    public static readonly TableName Events = TableName.Parse("events");

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);

    private int? _timersBefore;

    public ClientRig(params IReadOnlyList<Func<IntentId, Task<WriteReceipt>>> script)
        : this(new FakeTable(script))
    {
    }

    public ClientRig(FakeTable grain)
    {
        Grain = grain;
        Client = new CoordinatorClient(FakeGrains.Of(grain), Options.Create(new CoordinatorClientOptions { Source = "tests" }),
            AttemptTimeout = new AttemptTimeout(Time), Time, new Random(7), NullLogger<CoordinatorClient>.Instance);
    }

    public CountingClock Time { get; } = new();

    public FakeTable Grain { get; }

    public AttemptTimeout AttemptTimeout { get; }

    public CoordinatorClient Client { get; }

    public static Func<IntentId, Task<WriteReceipt>> Committed { get; } = id =>
        Task.FromResult(new WriteReceipt { Id = id, Status = WriteStatus.Committed, Rows = 1 });

    public static Func<IntentId, Task<WriteReceipt>> Pending { get; } = id => Task.FromResult(WriteReceipt.Pending(id));

    public static Func<IntentId, Task<WriteReceipt>> Fails(Exception e) => _ => Task.FromException<WriteReceipt>(e);

    public static RowBlock OneRow()
    {
        var builder = new RowBlockBuilder(new RowSchema(("n", ColumnType.Int64)));
        builder[0].Append(1L);
        return builder.Build();
    }

    public Task<WriteReceipt> InsertAsync(WriteOptions? options = null, CancellationToken ct = default) =>
        DriveAsync(Client.InsertAsync(Events, OneRow(), options, ct));

    /// <summary>Advances the fake clock in small steps, with as much real time as needed, until the grain has received the given number of
    /// attempts.</summary>
    public Task UntilAttemptAsync(int number) => Eventually.TrueAsync($"attempt {number} is made", () =>
    {
        Time.Advance(TimeSpan.FromMilliseconds(10));
        return Grain.Ids.Count >= number;
    });

    /// <summary>Stops the clock until the client has reacted to the answer that a grain gives now: it makes a timer, or the call is over.</summary>
    public void AwaitReaction() => _timersBefore = Time.Timers;

    /// <summary>Advances the clock until the call is over; the call's own timeout bounds this.</summary>
    public async Task<T> DriveAsync<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(50));
            if (_timersBefore is { } before) await ReactionAsync(call, before);
            // Continuations run on the thread pool. Let the queued ones run before the clock advances.
            for (var hop = 0; hop < 8 && !call.IsCompleted; hop++) await Task.Run(static () => { });
        }

        return await call;
    }

    private async Task ReactionAsync(Task call, int timersBefore)
    {
        _timersBefore = null;
        await Eventually.TrueAsync("the client reacts", () => Time.Timers > timersBefore || call.IsCompleted);
        // It makes several timers, one after the other.
        for (var seen = 0; seen != Time.Timers && !call.IsCompleted;)
        {
            seen = Time.Timers;
            await Task.Delay(Quiet, TimeProvider.System);
        }
    }
}
