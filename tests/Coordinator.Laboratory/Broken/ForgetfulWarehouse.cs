using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Laboratory.Broken;

/// <summary>Writes another id into the ledger at every try, so it recognizes no intent.</summary>
internal sealed class ForgetfulWarehouse(IWarehouse inner) : DelegatingWarehouse(inner)
{
    public override Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        var origin = Guid.NewGuid();
        var intents = batch.Intents.Select((intent, i) => new InsertIntent
        {
            Id = new IntentId(origin, i),
            Table = intent.Table,
            Rows = intent.Rows,
            Source = intent.Source,
            MaxWait = intent.MaxWait,
            TraceParent = intent.TraceParent,
            ContentHash = intent.ContentHash,
        }).ToList();
        return Inner.CommitAsync(batch with { Intents = intents }, cancellationToken);
    }

    public override Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KnownRange>>([]);
}
