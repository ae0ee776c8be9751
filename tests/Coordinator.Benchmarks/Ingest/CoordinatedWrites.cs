using System.Globalization;
using Coordinator.Client;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Benchmarks.Ingest;

/// <summary>The same rows through the SDK and a silo, over four tables.</summary>
internal static class CoordinatedWrites
{
    private static readonly RowSchema Schema = new(
        ("id", ColumnType.Int64), ("kind", ColumnType.Text), ("value", ColumnType.Double), ("at", ColumnType.TimestampTz));

    public static async Task<PhaseResult> RunAsync(Phase phase, int gatewayPort, TimeSpan duration, CancellationToken ct)
    {
        var (callers, rowsPerIntent) = phase switch
        {
            Phase.OneRow => (2048, 1),
            Phase.HundredRows => (512, 100),
            _ => (256, 1000),
        };
        using var host = await TestClient.ConnectAsync([new("Coordinator:Silo:GatewayPort", gatewayPort.ToString(CultureInfo.InvariantCulture))]);
        var client = host.Services.GetRequiredService<ICoordinatorClient>();
        var tables = Array.ConvertAll(BenchmarkTables.Coordinated, name => TableName.Parse(name));
        var builders = Enumerable.Range(0, callers).Select(_ => new RowBlockBuilder(Schema)).ToArray();
        var result = await Load.RunAsync(phase, callers, rowsPerIntent, duration, WriteAsync, ct);
        await host.StopAsync(CancellationToken.None);
        return result;

        async Task WriteAsync(int caller, long number, CancellationToken token)
        {
            var receipt = await client.InsertAsync(
                tables[caller % tables.Length], Fill(builders[caller], number, rowsPerIntent), cancellationToken: token);
            receipt.EnsureNotRejected();
        }
    }

    private static RowBlock Fill(RowBlockBuilder builder, long first, int rows)
    {
        builder.Clear();
        for (var number = first; number < first + rows; number++)
        {
            var row = SampleRow.Of(number);
            builder[0].Append(row.Id);
            builder[1].Append(row.Kind);
            builder[2].Append(row.Value);
            builder[3].Append(row.At);
        }
        return builder.Build();
    }
}
