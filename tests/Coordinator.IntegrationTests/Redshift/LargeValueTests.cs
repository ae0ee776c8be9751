using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.Intents;
using Coordinator.RedshiftSimulator;
using Coordinator.Rows;
using Coordinator.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: values that the functions around an INSERT's parameters do not take.</summary>
[Collection(PostgresCollection.Name)]
public sealed class LargeValueTests(PostgresFixture fixture) : RedshiftTestBase(fixture)
{
    [Fact]
    public async Task Without_staging_they_are_rejected_by_row_and_column_with_the_setting_that_loads_them()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await redshift.RunBehindAsync("CREATE TABLE documents (id bigint, body jsonb)");
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(TableName.Parse("documents"), default);
        await warehouse.CommitAsync(Batch(schema, [Document(schema, 1, 65_000)]), default);
        var failure = await Assert.ThrowsAsync<WarehouseException>(
            () => warehouse.CommitAsync(Batch(schema, [Document(schema, 2, 10), Document(schema, 3, 70_000)]), default));
        Assert.Equal((FailureKind.Rejected, 3L, 1L, "body"), (failure.Kind, failure.Intent!.Value.Sequence, failure.Row, failure.Column));
        Assert.Contains("Coordinator:Warehouse:Redshift:Staging:Bucket", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await redshift.AskBehindAsync("SELECT count(*) FROM documents"));
    }

    /// <summary>One row with a JSON string.</summary>
    internal static InsertIntent Document(TableSchema schema, long sequence, int length)
    {
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("body", ColumnType.Json)));
        rows[0].Append(sequence);
        rows[1].Append($"\"{new string('x', length)}\"");
        return new InsertIntent
        {
            Id = new IntentId(new Guid(8, 8, 8, [0, 0, 0, 0, 0, 0, 0, 0]), sequence),
            Table = schema.Table,
            Rows = RowBinder.Bind(rows.Build(), schema).Rows!,
        };
    }
}
