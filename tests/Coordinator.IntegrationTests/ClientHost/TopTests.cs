using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Coordinator.Client;
using Coordinator.Tables;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary><c>top</c> as users run it: a silo under load, and a terminal.</summary>
public sealed class TopTests
{
    private const string Load = "load";

    [Fact]
    public async Task The_table_under_contention_is_on_top_with_its_holder_and_its_queue()
    {
        await using var deployment = await Deployment.StartAsync(
            "create table busy (id int); create table held (id int); create table waited (id int)");
        var client = await deployment.ConnectAsync();
        using var over = new CancellationTokenSource();
        var load = InsertAsync(client, "busy", over.Token);
        var held = client.UpdateAsync(
            new UpdateRequest { Sql = "insert into held values (1); select pg_sleep(600)", Writes = [TableName.Parse("held")] },
            new WriteOptions { Source = "the night job" }, over.Token);
        await UntilHeldAsync(deployment);
        var waiting = InsertAsync(client, "held", over.Token);

        await Eventually.TrueAsync("held is on top", async token =>
        {
            var answer = await JsonAsync(deployment.Silo, "top", "--json", "--limit", "1").WaitAsync(token);
            var table = Assert.Single(answer.GetProperty("tables").EnumerateArray());
            return table.GetProperty("table").GetString() == "public.held"
                && table.TryGetProperty("holder", out var holder) && holder.GetProperty("source").GetString() == "the night job"
                && table.GetProperty("queueDepth").GetInt32() > 0
                && table.TryGetProperty("alreadyCommitted", out _);
        });

        var byRows = await RunAsync(deployment.Silo, "top", "--sort", "rows", "--interval", "1s");
        Assert.True(byRows.ExitCode == 0, byRows.StandardError);
        var lines = byRows.StandardOutput.Split('\n').Where(static line => line.Contains("public.", StringComparison.Ordinal)).ToList();
        Assert.Contains("public.busy", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"public\.held +exclusive the night job \d", lines[1]);
        Assert.DoesNotContain("\u001b", byRows.StandardOutput, StringComparison.Ordinal);

        await using var terminal = HostProgram.Start(
            "client-host", ["top", "--url", Url(deployment.Silo), "--interval", "0.5s"], [new("TERM", "xterm")], workingDirectory: null,
            launcher: ["sh", "-c", "exec script -qfec \"stty cols 200 rows 50; exec $*\" /dev/null", "sh"]);
        // The table is redrawn repeatedly, with rates from the second time on.
        await Eventually.TrueAsync(
            "top is live", () => Regex.Count(terminal.StandardOutput, @"public\.held +exclusive the night job ") >= 3 && Regex.IsMatch(terminal.StandardOutput, @"public\.busy .* s +.*[1-9]"));
        await terminal.StopAsync();

        // A graceful stop would wait for its SQL.
        await deployment.Silo.KillAsync();
        await over.CancelAsync();
        foreach (var work in new[] { load, waiting, held }) await Assert.ThrowsAnyAsync<Exception>(() => work);
    }

    [Fact]
    public async Task A_silo_that_does_not_answer_is_exit_code_3_and_says_what_to_do()
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        var result = await ClientHostProcess.RunAsync([], ["top", "--url", url, "--json"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains(url, result.StandardError, StringComparison.Ordinal);
        Assert.Contains("--url", JsonDocument.Parse(result.StandardOutput).RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_C_ends_it_with_exit_code_0_and_no_complaint()
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}/";
        using var silo = new HttpListener { Prefixes = { url } };
        silo.Start();
        // Tests that run in the background of a shell ignore SIGINT, and their child processes would inherit that.
        await using var top = HostProgram.Start(
            "client-host", ["top", "--url", url, "--interval", "1h"], [], workingDirectory: null, launcher: ["env", "--default-signal=INT"]);
        var request = await silo.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await request.Response.OutputStream.WriteAsync("""{"tables":[]}"""u8.ToArray());
        request.Response.Close();
        await top.SignalAsync("INT");
        Assert.Equal(0, await top.WaitForExitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("", top.Output);
    }

    private static async Task InsertAsync(ICoordinatorClient client, string table, CancellationToken over)
    {
        for (var i = 0; ; i++) await client.InsertAsync(TableName.Parse(table), [new { id = i }], new WriteOptions { Source = Load }, over);
    }

    private static Task UntilHeldAsync(Deployment deployment) => Eventually.TrueAsync(
        "the update runs", async _ => await deployment.ScalarAsync<long>(
            "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()") > 0);

    private static string Url(SiloProcess silo) => silo.Http.BaseAddress!.ToString();

    private static Task<ClientHostResult> RunAsync(SiloProcess silo, params string[] arguments) =>
        ClientHostProcess.RunAsync([], [.. arguments, "--url", Url(silo)]);

    private static async Task<JsonElement> JsonAsync(SiloProcess silo, params string[] arguments)
    {
        var result = await RunAsync(silo, arguments);
        Assert.True(result.ExitCode == 0, result.StandardError + result.StandardOutput);
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }
}
