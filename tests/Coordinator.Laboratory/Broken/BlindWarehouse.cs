using Coordinator.Core.Warehouses;

namespace Coordinator.Laboratory.Broken;

/// <summary>A warehouse without the check of the table: it commits rows to the present table even if they were bound to another one.</summary>
internal sealed class BlindWarehouse(IWarehouse inner) : DelegatingWarehouse(inner)
{
    private const int MostTries = 3;

    public override async Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        for (var i = 1; ; i++)
        {
            var now = await Inner.OpenAsync(batch.Schema.Table, cancellationToken);
            try
            {
                return await Inner.CommitAsync(
                    batch with { Schema = new TableSchema(batch.Schema.Table, batch.Schema.Columns, now.Fingerprint) }, cancellationToken);
            }
            catch (WarehouseException failure) when (failure.Kind == FailureKind.SchemaChanged && i < MostTries)
            {
                // It changed just now. Looking again is looking away again.
            }
        }
    }
}
