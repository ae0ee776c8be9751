using System.Globalization;
using Coordinator.Client;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.Clustering;

/// <summary>Silos stop and start under load, and callers of the SDK see no failure. The longest wait is printed, not asserted; the laboratory
/// measures it with either directory.</summary>
public sealed class RollingTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_rolling_restart_of_all_silos_fails_no_intent()
    {
        await using var cluster = await SiloCluster.StartAsync("Postgres", silos: 3, WriteLoad.Ddl);
        var (host, load) = await StartLoadAsync(cluster);
        await using var _ = load;

        foreach (var silo in cluster.Silos.ToList())
        {
            var stopping = load.Now;
            await silo.StopAsync();
            var stopped = load.Now;
            await cluster.ReplaceAsync(silo);
            await Eventually.TrueAsync("the new silo is a member", async _ => await SiloCluster.CountActiveAsync(host) == 3);
            var back = load.Now;
            Print($"stopping from {stopping.TotalSeconds:0.0} to {stopped.TotalSeconds:0.0} s, back at {back.TotalSeconds:0.0} s");
            Print($"longest {load.Longest(stopping)}");
        }

        await load.StopAsync();
        Print($"{load.Answered} intents; longest {load.Longest()}");
        await load.AssertExactlyOnceAsync(cluster);
    }

    [Fact]
    public async Task The_end_of_a_silo_without_warning_fails_no_intent_and_every_row_is_in_once()
    {
        await using var cluster = await SiloCluster.StartAsync("Postgres", silos: 3, WriteLoad.Ddl);
        var (host, load) = await StartLoadAsync(cluster);
        await using var _ = load;
        var victim = await cluster.BusiestAsync();

        var killing = load.Now;
        await victim.KillAsync();
        Print($"killed at {killing.TotalSeconds:0.0} s");
        // Membership still lists the gateway of the stopped silo; a new client must choose another.
        await cluster.ConnectAsync();
        Print($"a client that came then was connected at {load.Now.TotalSeconds:0.0} s");
        await Eventually.TrueAsync("the others know", async _ => await cluster.CountMembersAsync() == 2);
        Print($"known at {load.Now.TotalSeconds:0.0} s");
        var answered = load.Answered;
        await cluster.ReplaceAsync(victim);
        await Eventually.TrueAsync("the silo is back", async _ => await SiloCluster.CountActiveAsync(host) == 3);
        Print($"back at {load.Now.TotalSeconds:0.0} s");
        await Eventually.TrueAsync("writes go on", () => load.Answered > answered + 1000);

        await load.StopAsync();
        Print($"{load.Answered} intents; longest {load.Longest()}");
        await load.AssertExactlyOnceAsync(cluster);
    }

    [Fact]
    public async Task A_silo_that_was_paused_and_given_up_ends_when_it_wakes_and_every_row_is_in_once()
    {
        await using var cluster = await SiloCluster.StartAsync("Postgres", silos: 3, WriteLoad.Ddl);
        var (host, load) = await StartLoadAsync(cluster);
        await using var _ = load;
        var victim = await cluster.BusiestAsync();

        var pausing = load.Now;
        await victim.SignalAsync("STOP");
        await Eventually.TrueAsync("the others know", async _ => await cluster.CountMembersAsync() == 2);
        Print($"paused at {pausing.TotalSeconds:0.0} s, given up at {load.Now.TotalSeconds:0.0} s");
        var answered = load.Answered;
        await Eventually.TrueAsync("writes go on", () => load.Answered > answered + 1000);
        var waking = load.Now;
        await victim.SignalAsync("CONT");
        await victim.Process.WaitForExitAsync();
        Print($"woken at {waking.TotalSeconds:0.0} s, ended at {load.Now.TotalSeconds:0.0} s");

        await load.StopAsync();
        Print($"{load.Answered} intents; longest {load.Longest()}");
        await load.AssertExactlyOnceAsync(cluster);
    }

    private static async Task<(IHost Host, WriteLoad Load)> StartLoadAsync(SiloCluster cluster)
    {
        var host = await cluster.ConnectAsync();
        await Eventually.TrueAsync("three silos are active", async _ => await SiloCluster.CountActiveAsync(host) == 3);
        var load = new WriteLoad(host.Services.GetRequiredService<ICoordinatorClient>());
        await Eventually.TrueAsync("the load runs", () => load.Answered > 1000);
        return (host, load);
    }

    private void Print(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
