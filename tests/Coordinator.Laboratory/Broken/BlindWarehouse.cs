using Coordinator.Core.Warehouses;

namespace Coordinator.Laboratory.Broken;

/// <summary>A warehouse without the check of the table: it commits rows to the present table even if they were bound to another one.</summary>
internal sealed class BlindWarehouse(IWarehouse inner) : BrokenWarehouse(inner)
{
    public override async Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        var now = await Inner.OpenAsync(batch.Schema.Table, cancellationToken);
        return await Inner.CommitAsync(
            batch with { Schema = new TableSchema(batch.Schema.Table, batch.Schema.Columns, now.Fingerprint) }, cancellationToken);
    }
}
