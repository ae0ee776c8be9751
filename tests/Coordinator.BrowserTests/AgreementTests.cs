using System.Globalization;
using System.Text.RegularExpressions;
using Coordinator.BrowserTests.Browsing;
using Coordinator.BrowserTests.Silos;
using Coordinator.TestServers;
using Xunit.Abstractions;

namespace Coordinator.BrowserTests;

/// <summary>After the writes end, every place that shows figures shows the same ones, and these agree with the ledger and PostgreSQL's
/// log.</summary>
[Collection(SplitCollection.Name)]
public sealed class AgreementTests(SplitSilos silos, ITestOutputHelper output)
{
    [Fact]
    public async Task Page_api_metrics_and_top_agree_with_each_other_with_the_ledger_and_with_the_warehouses_log()
    {
        var api = Figures.OfJson(await silos.Silo.Http.GetStringAsync(new Uri("api/contention", UriKind.Relative)), SplitSilos.Table);
        output.WriteLine(api.ToString());
        var ledger = await ReadLedgerAsync();
        Assert.Equal(ledger, api with { Conflicts = null, Overlaps = null, AlreadyCommitted = null, Rejected = null });
        Assert.Equal(Errors(), api.Conflicts);
        Assert.True(api.Conflicts > 0, "there was something to count");
        Assert.Equal((1, 1), (api.AlreadyCommitted, api.Rejected));

        var top = await ClientHostProcess.RunAsync([], ["top", "--json", "--url", silos.Silo.Http.BaseAddress!.ToString()]);
        Assert.True(top.ExitCode == 0, top.StandardError);
        Assert.Equal(api, Figures.OfJson(top.StandardOutput, SplitSilos.Table));

        // Prometheus may still hold the previous scrape.
        await Eventually.TrueAsync($"/metrics says {api}", async ct =>
            Figures.OfMetrics(await silos.Silo.Http.GetStringAsync(new Uri("metrics", UriKind.Relative), ct), SplitSilos.Table) == api);

        await using var page = await silos.Browser.OpenAsync(silos.Silo, $"contention/{SplitSilos.Table}");
        Assert.Equal(api with { Batches = null, AlreadyCommitted = null, Rejected = null }, await ReadPageAsync(page));
    }

    private async Task<Figures> ReadLedgerAsync()
    {
        await using var command = silos.Deployment.Database.CreateCommand(
            """
            SELECT sum(last_sequence - first_sequence + 1)::bigint, sum("rows")::bigint, count(DISTINCT batch_id)
            FROM coordinator."public.events" WHERE activation LIKE 'one%'
            """);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return new Figures { Intents = reader.GetInt64(0), Rows = reader.GetInt64(1), Batches = reader.GetInt64(2) };
    }

    // This silo's transactions that PostgreSQL failed because of another transaction.
    private long Errors() => Regex.Count(silos.Deployment.Postgres.Process.Output, "^(40001|40P01) coordinator/one ERROR", RegexOptions.Multiline);

    private static async Task<Figures> ReadPageAsync(WatchedPage page)
    {
        var table = page.Find("silos-table");
        var heads = await table.Locator("th[scope=col]").AllInnerTextsAsync();
        var cells = await table.Locator("[data-testid=silo-row][data-silo=one] > *").AllInnerTextsAsync();
        long Cell(string head) => long.Parse(cells[heads.ToList().FindIndex(h => string.Equals(h.Trim(), head, StringComparison.OrdinalIgnoreCase))],
            NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        return new Figures { Intents = Cell("Intents"), Rows = Cell("Rows"), Conflicts = Cell("Conflicts"), Overlaps = Cell("Overlaps") };
    }
}
