using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Laboratory;

/// <summary>Packets to one of two gateways are dropped. The command has longer holes, at more places, and judges by seconds.</summary>
public sealed class HolesTests
{
    // Orleans' defaults need two minutes and more.
    private const double Limit = 60;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Coordinator.Laboratory.dll");

    [Fact]
    public async Task A_gateway_that_swallows_packets_leaves_every_table_another_way()
    {
        await using var laboratory = ChildProcess.Start("dotnet", [Program, "holes", "--hole", "OneGateway", "--seconds", "20", "--json"]);
        await laboratory.WaitForExitAsync(TimeSpan.FromMinutes(5));
        using var json = JsonDocument.Parse(laboratory.StandardOutput);
        var report = json.RootElement;
        Assert.InRange(report.GetProperty("duringSeconds").GetDouble(), 0, Limit);
        Assert.Equal(0, report.GetProperty("failures").GetArrayLength());
        var rows = report.GetProperty("rows");
        Assert.Equal((0, 0), (rows.GetProperty("lost").GetInt64(), rows.GetProperty("doubled").GetInt64()));
    }
}
