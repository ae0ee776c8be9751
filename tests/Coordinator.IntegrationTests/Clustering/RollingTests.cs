using System.Diagnostics;
using System.Globalization;
using Coordinator.Client;
using Coordinator.Laboratory.Load;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.Clustering;

/// <summary>Silos stop and start under load, and callers of the SDK see no failure. The longest wait is printed, not asserted; the laboratory
/// measures it with either directory.</summary>
public sealed class RollingTests(ITestOutputHelper output)
{
    // Enough to meet every moment of an outage, and little enough to leave the machine to the silos.
    private const int WritersPerTable = 6;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private static readonly string[] Tables = ["load_0", "load_1", "load_2", "load_3"];
    private static readonly string Ddl = string.Concat(Tables.Select(static table => $"CREATE TABLE {table} (id bigint); "));

    private readonly long _started = Stopwatch.GetTimestamp();

    [Fact]
    public async Task A_rolling_restart_of_all_silos_fails_no_intent()
    {
        await using var cluster = await SiloCluster.StartAsync("Postgres", silos: 3, Ddl);
        var (host, load) = await StartLoadAsync(cluster);
        await using var _ = load;

        foreach (var silo in cluster.Silos.ToList())
        {
            load.BeginWindow();
            var stopping = Now;
            await silo.StopAsync();
            var stopped = Now;
            await cluster.ReplaceAsync(silo);
            await Eventually.TrueAsync("the new silo is a member", async _ => await SiloCluster.CountActiveAsync(host) == 3);
            Print($"stopping from {stopping.TotalSeconds:0.0} to {stopped.TotalSeconds:0.0} s, back at {Now.TotalSeconds:0.0} s");
            Print($"longest stall {load.LongestStall.TotalSeconds:0.00} s");
        }

        await load.StopAsync();
        Print($"{load.Committed} intents; longest stall {load.LongestStall.TotalSeconds:0.00} s");
        await AssertExactlyOnceAsync(load, cluster);
    }

    [Fact]
    public async Task The_end_of_a_silo_without_warning_fails_no_intent_and_every_row_is_in_once()
    {
        await using var cluster = await SiloCluster.StartAsync("Postgres", silos: 3, Ddl);
        var (host, load) = await StartLoadAsync(cluster);
        await using var _ = load;
        var victim = await cluster.BusiestAsync();

        var killing = Now;
        await victim.KillAsync();
        Print($"killed at {killing.TotalSeconds:0.0} s");
        // Membership still lists the gateway of the stopped silo; a new client must choose another.
        await cluster.ConnectAsync();
        Print($"a client that came then was connected at {Now.TotalSeconds:0.0} s");
        await Eventually.TrueAsync("the others know", async _ => await cluster.CountMembersAsync() == 2);
        Print($"known at {Now.TotalSeconds:0.0} s");
        var answered = load.Committed;
        await cluster.ReplaceAsync(victim);
        await Eventually.TrueAsync("the silo is back", async _ => await SiloCluster.CountActiveAsync(host) == 3);
        Print($"back at {Now.TotalSeconds:0.0} s");
        await Eventually.TrueAsync("writes go on", () => load.Committed > answered + 1000);

        await load.StopAsync();
        Print($"{load.Committed} intents; longest stall {load.LongestStall.TotalSeconds:0.00} s");
        await AssertExactlyOnceAsync(load, cluster);
    }

    [Fact]
    public async Task A_silo_that_was_paused_and_given_up_ends_when_it_wakes_and_every_row_is_in_once()
    {
        await using var cluster = await SiloCluster.StartAsync("Postgres", silos: 3, Ddl);
        var (host, load) = await StartLoadAsync(cluster);
        await using var _ = load;
        var victim = await cluster.BusiestAsync();

        var pausing = Now;
        await victim.SignalAsync("STOP");
        await Eventually.TrueAsync("the others know", async _ => await cluster.CountMembersAsync() == 2);
        Print($"paused at {pausing.TotalSeconds:0.0} s, given up at {Now.TotalSeconds:0.0} s");
        var answered = load.Committed;
        await Eventually.TrueAsync("writes go on", () => load.Committed > answered + 1000);
        var waking = Now;
        await victim.SignalAsync("CONT");
        await victim.Process.WaitForExitAsync();
        Print($"woken at {waking.TotalSeconds:0.0} s, ended at {Now.TotalSeconds:0.0} s");

        await load.StopAsync();
        Print($"{load.Committed} intents; longest stall {load.LongestStall.TotalSeconds:0.00} s");
        await AssertExactlyOnceAsync(load, cluster);
    }

    private TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    /// <summary>Every row is in its table once, and no other is.</summary>
    private static async Task AssertExactlyOnceAsync(WriteLoad load, SiloCluster cluster)
    {
        Assert.Empty(load.Failures);
        long rows = 0;
        foreach (var table in Tables)
        {
            Assert.Equal(0L, await cluster.ScalarAsync<long>($"SELECT count(*) - count(DISTINCT id) FROM {table}"));
            rows += await cluster.ScalarAsync<long>($"SELECT count(*) FROM {table}");
        }

        Assert.Equal(load.Committed, rows);
    }

    private static async Task<(IHost Host, WriteLoad Load)> StartLoadAsync(SiloCluster cluster)
    {
        var host = await cluster.ConnectAsync();
        await Eventually.TrueAsync("three silos are active", async _ => await SiloCluster.CountActiveAsync(host) == 3);
        var load = new WriteLoad([host.Services.GetRequiredService<ICoordinatorClient>()], Tables, WritersPerTable, Pace);
        await Eventually.TrueAsync("the load runs", () => load.Committed > 1000);
        return (host, load);
    }

    private void Print(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
