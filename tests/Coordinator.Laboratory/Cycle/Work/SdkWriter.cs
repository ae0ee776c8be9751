using Coordinator.Client;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>Writes through the coordinator.</summary>
internal sealed class SdkWriter(ICoordinatorClient client, CycleTables tables) : ICycleWriter
{
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64), ("value", ColumnType.Int64));

    public async Task InsertAsync(int table, IReadOnlyList<CycleRow> rows)
    {
        var builder = new RowBlockBuilder(Schema);
        foreach (var (id, value) in rows)
        {
            builder[0].Append(id);
            builder[1].Append(value);
        }

        var receipt = await client.InsertAsync(TableName.Parse(tables.Name(table)), builder.Build());
        receipt.EnsureNotRejected();
    }

    public async Task<FinishedRun> RunAsync(JobRun run)
    {
        var request = new UpdateRequest { Sql = run.Sql(tables), Writes = Names(run.Writes), Reads = Names(run.Reads), Job = run.Source };
        var receipt = (await client.UpdateAsync(request, new WriteOptions { Id = run.Id, Source = run.Source })).EnsureNotRejected();
        return new FinishedRun(run, receipt.BatchId, receipt.Waited);
    }

    public async Task CountAsync(int table) =>
        (await client.UpdateAsync(new UpdateRequest
        {
            Sql = Increment.Sql(tables, table),
            Writes = [TableName.Parse(tables.Increments)],
            Reads = Names([table])
        })).EnsureNotRejected();

    private List<TableName> Names(IReadOnlyList<int> numbers) => [.. numbers.Select(n => TableName.Parse(tables.Name(n)))];
}
