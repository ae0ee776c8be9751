using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>The sockets of a warehouse's connections, as the operating system shows them.</summary>
[Collection(PostgresCollection.Name)]
public sealed partial class PostgresConnectionTests(PostgresFixture fixture) : PostgresWarehouseTestBase(fixture)
{
    [Fact]
    public async Task The_next_keep_alive_packet_of_an_idle_connection_is_due_within_a_minute()
    {
        await Warehouse.CommitAsync(await BatchAsync(), default);
        var own = (int[])(await Database.ScalarAsync(
            "SELECT array_agg(client_port) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'coordinator%'"))!;
        Assert.NotEmpty(own);
        foreach (var port in own)
        {
            var due = KeepAlive().Match(await SocketAsync(port));
            Assert.True(due.Success, $"the connection from port {port} sends no keep-alive packet within a minute");
            Assert.InRange(double.Parse(due.Groups["seconds"].Value, CultureInfo.InvariantCulture), 0, 60);
        }
    }

    private static async Task<string> SocketAsync(int port)
    {
        using var ss = Process.Start(new ProcessStartInfo("ss", ["-tnoH", "state", "established", "sport", "=", $":{port}"])
        {
            RedirectStandardOutput = true,
        })!;
        var text = await ss.StandardOutput.ReadToEndAsync();
        await ss.WaitForExitAsync();
        return text;
    }

    // The time is in seconds below a minute, else "1min3sec".
    [GeneratedRegex("""timer:\(keepalive,(?<seconds>\d+)sec,""")]
    private static partial Regex KeepAlive();
}
