using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Hosting;

/// <summary>Processes that are asked to end while they start, and a silo at ports that are taken.</summary>
public sealed class EndingTests : IDisposable
{
    /// <summary>A server that accepts and never answers, so that starts last.</summary>
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);

    public EndingTests() => _silent.Start();

    public void Dispose() => _silent.Dispose();

    [Fact]
    public async Task A_silo_that_is_ended_during_its_start_ends_as_it_was_asked_to()
    {
        var run = await EndWhileConnectingAsync("silo-host", [], new()
        {
            ["Coordinator:Clustering:Provider"] = "Postgres",
            ["Coordinator:Clustering:ConnectionString"] = $"Host=127.0.0.1;Port={Port};Username=u;Database=d",
            ["Coordinator:Silo:SiloPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["Coordinator:Silo:GatewayPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["urls"] = $"http://127.0.0.1:{FreePort.Next()}",
        });
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("Unhandled exception", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_host_that_is_ended_while_it_connects_ends_as_it_was_asked_to()
    {
        var run = await EndWhileConnectingAsync(
            "client-host", ["serve"], new() { ["Coordinator:Silo:GatewayPort"] = Port, ["urls"] = $"http://127.0.0.1:{FreePort.Next()}" });
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("disposed", run.StandardError, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_command_that_is_ended_while_it_connects_says_that_it_was_interrupted()
    {
        var run = await EndWhileConnectingAsync("client-host", ["jobs"], new()
        {
            ["Coordinator:Silo:GatewayPort"] = Port,
            ["Coordinator:Jobs:nightly:Sql"] = "insert into a select 1",
        });
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("Interrupted", run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("disposed", run.StandardError, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Coordinator:Silo:SiloPort")]
    [InlineData("Coordinator:Silo:GatewayPort")]
    public async Task A_second_silo_at_the_same_port_does_not_start(string port)
    {
        await using var first = await SiloProcess.StartAsync([]);
        var settings = new Dictionary<string, string?>
        {
            ["Coordinator:Silo:SiloPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["Coordinator:Silo:GatewayPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["urls"] = $"http://127.0.0.1:{FreePort.Next()}",
            [port] = first.Settings[port],
        };
        var folder = Directory.CreateTempSubdirectory("coordinator-second-");
        try
        {
            await using var second = HostProgram.Start("silo-host", [], settings, folder.FullName);
            Assert.Equal(2, await second.WaitForExitAsync(TimeSpan.FromMinutes(2)));
            Assert.Contains($"listens on 127.0.0.1:{first.Settings[port]}. Choose other ports", second.StandardError, StringComparison.Ordinal);
            Assert.False(first.Process.HasExited);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string Port => ((IPEndPoint)_silent.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    private async Task<ClientHostResult> EndWhileConnectingAsync(string host, string[] arguments, Dictionary<string, string?> settings)
    {
        var folder = Directory.CreateTempSubdirectory("coordinator-ending-");
        try
        {
            await using var process = HostProgram.Start(host, arguments, settings, folder.FullName);
            using var connection = await _silent.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromMinutes(2));
            await process.SignalAsync("TERM");
            return new ClientHostResult(await process.WaitForExitAsync(TimeSpan.FromMinutes(2)), process.StandardOutput, process.StandardError);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
