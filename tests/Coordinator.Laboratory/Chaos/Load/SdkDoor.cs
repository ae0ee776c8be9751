using Coordinator.Client;
using Coordinator.Rows;
using Coordinator.Simulation.Histories;
using Coordinator.Tables;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>The SDK, which retries by itself.</summary>
internal sealed class SdkDoor(ICoordinatorClient client) : IDoor
{
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64), ("code", ColumnType.Int64), ("note", ColumnType.Text));

    public string Name => "sdk";

    public Task<(CallAnswer Answer, string Text)> SendAsync(ChaosIntent intent, CancellationToken ct) => SdkAnswer.OfAsync(() =>
    {
        var rows = new RowBlockBuilder(Schema);
        foreach (var row in intent.Rows)
        {
            rows[0].Append(row.Key);
            rows[1].Append(row.Code);
            rows[2].Append(row.Note);
        }

        return client.InsertAsync(TableName.Parse(intent.Table), rows.Build(), SdkAnswer.Options(intent), ct);
    });
}
