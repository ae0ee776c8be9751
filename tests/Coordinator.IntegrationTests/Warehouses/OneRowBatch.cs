using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>A batch of one intent with one row, for a table with a column <c>id bigint</c>.</summary>
internal static class OneRowBatch
{
    private static readonly Guid Origin = new(7, 7, 7, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>The batch that inserts one number, which is also the intent's sequence.</summary>
    public static InsertBatch Of(TableSchema schema, long number)
    {
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        rows[0].Append(number);
        return new InsertBatch
        {
            BatchId = Guid.NewGuid(),
            Schema = schema,
            Activation = new("activation1"),
            Intents = [new InsertIntent { Id = new IntentId(Origin, number), Table = schema.Table,
                Rows = RowBinder.Bind(rows.Build(), schema).Rows! }],
            MayCommit = static _ => ValueTask.FromResult(true),
        };
    }
}
