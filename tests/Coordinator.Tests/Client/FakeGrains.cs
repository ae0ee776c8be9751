using System.Reflection;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Tests.Client;

/// <summary>A grain factory whose grains return scripted answers. Calls are counted and their intents kept.</summary>
public class FakeGrains : DispatchProxy
{
    private FakeTable _table = null!;

    public static IGrainFactory Of(FakeTable table)
    {
        var proxy = Create<IGrainFactory, FakeGrains>();
        ((FakeGrains)(object)proxy)._table = table;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.GetGenericArguments()[0] != typeof(IWarehouseGrain)) _table.References++;
        return _table;
    }
}

/// <summary>One object for all grains: each call takes the next answer of the script; the last answer repeats.</summary>
public sealed class FakeTable(params IReadOnlyList<Func<IntentId, Task<WriteReceipt>>> script)
    : ITableGrain, IUpdateGrain, IJobGrain, ILedgerGrain, IWarehouseGrain
{
    private int _messages;

    public List<IntentId> Ids { get; } = [];

    public List<InsertIntent> Inserts { get; } = [];

    public List<UpdateIntent> Updates { get; } = [];

    public int Messages => _messages;

    public int References { get; set; }

    public WriteReceipt? Known { get; init; }

    /// <summary>The warehouse that the silo tells.</summary>
    public Func<Task<Guid>> OnIdentify { get; init; } = static () => Task.FromResult(Guid.Empty);

    public Task<Guid> IdentifyAsync() => OnIdentify();

    public LedgerRecord? InLedger { get; init; }

    /// <summary>Answers range queries.</summary>
    public Func<FindRangesRequest, FindRangesResponse> OnRanges { get; init; } = static _ => new FindRangesResponse([], false);

    public async Task<FindRangesResponse> FindRangesAsync(FindRangesRequest request)
    {
        await Task.Yield();
        return OnRanges(request);
    }

    public Task<WriteReceipt> SubmitAsync(InsertIntent intent)
    {
        lock (Inserts) Inserts.Add(intent);
        return Answer(intent.Id);
    }

    public async Task<SubmitManyResponse> SubmitManyAsync(SubmitManyRequest request)
    {
        Interlocked.Increment(ref _messages);
        var outcomes = new List<IntentOutcome>();
        foreach (var intent in request.Intents)
        {
            try
            {
                outcomes.Add(new IntentOutcome(await SubmitAsync(intent), null));
            }
            catch (CoordinatorException failure)
            {
                outcomes.Add(new IntentOutcome(null, failure));
            }
        }

        return new SubmitManyResponse([.. outcomes]);
    }

    public Task<WriteReceipt> RunAsync(UpdateIntent intent)
    {
        lock (Updates) Updates.Add(intent);
        return Answer(intent.Id);
    }

    public Task<WriteReceipt?> CoalesceAsync(UpdateIntent tick) => throw new NotSupportedException();

    public Task<JobRunsResponse> RunsAsync(JobRunsRequest request) => throw new NotSupportedException();

    Task<WriteReceipt?> ITableGrain.FindAsync(IntentId id) => Task.FromResult(Known);

    Task<LedgerRecord?> ILedgerGrain.FindAsync(IntentId id) => Task.FromResult(InLedger);

    public Task<ReserveResponse> ReserveAsync(ReserveRequest request) => throw new NotSupportedException();

    public Task ReleaseAsync(IntentId id, string holder) => throw new NotSupportedException();

    private Task<WriteReceipt> Answer(IntentId id)
    {
        int calls;
        lock (Ids)
        {
            Ids.Add(id);
            calls = Ids.Count;
        }

        return script[Math.Min(calls, script.Count) - 1](id);
    }
}
