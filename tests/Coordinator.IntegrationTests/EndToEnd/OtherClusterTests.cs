using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Rows;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>A client whose gateway's address comes to belong to a silo over another warehouse, with the same cluster id.</summary>
public sealed class OtherClusterTests
{
    private const string Ddl = "CREATE TABLE events (n bigint)";

    private static readonly RowSchema Columns = new(("n", ColumnType.Int64));

    [Fact]
    public async Task No_row_goes_to_another_warehouse_and_the_client_goes_on_when_its_own_is_back()
    {
        await using var first = await Deployment.StartAsync(Ddl);
        await using var second = await Deployment.StartAsync(Ddl);
        using var host = await first.Silo.ConnectAsync();
        await using var http = await ClientHostProcess.ServeAsync(first.Silo.ClientSettings);
        var client = host.Services.GetRequiredService<ICoordinatorClient>();
        var written = 0L;
        // The client learns its warehouse beside its first writes.
        for (; written < 20; written++) Assert.True((await InsertAsync(written)).IsCommitted);
        Assert.True((await PostAsync(written++)).IsSuccessStatusCode);

        await first.Silo.StopAsync();
        var intruder = new Dictionary<string, string?>(second.Silo.Settings)
        {
            ["Coordinator:Silo:GatewayPort"] = first.Silo.Settings["Coordinator:Silo:GatewayPort"],
        };
        await second.Silo.StopAsync();
        await using (var other = await SiloProcess.StartAsync(intruder))
        {
            var refusal = await Assert.ThrowsAsync<OtherWarehouseException>(() => InsertAsync(-1));
            Assert.Contains("of PostgreSQL system", refusal.Message, StringComparison.Ordinal);
            var answer = await PostAsync(-2);
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("writes to another warehouse", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var ready = await http.Http.GetAsync("health/ready");
            Assert.Contains("another warehouse", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("another warehouse", other.Process.Output, StringComparison.Ordinal);
            Assert.Equal(0L, await second.ScalarAsync<long>("SELECT count(*) FROM events"));
        }

        await using var back = await SiloProcess.StartAsync(first.Silo.Settings);
        Assert.True((await InsertAsync(written++)).IsCommitted);
        Assert.True((await PostAsync(written++)).IsSuccessStatusCode);
        Assert.Equal(written, await first.ScalarAsync<long>("SELECT count(*) FROM events WHERE n >= 0"));

        Task<Coordinator.Receipts.WriteReceipt> InsertAsync(long n)
        {
            var rows = new RowBlockBuilder(Columns);
            rows[0].Append(n);
            return client.InsertAsync("events", rows.Build(), new WriteOptions { Timeout = TimeSpan.FromSeconds(60) });
        }

        async Task<HttpResponseMessage> PostAsync(long n)
        {
            using var body = new StringContent($$"""[{"n":{{n}}}]""", System.Text.Encoding.UTF8, "application/json");
            return await http.Http.PostAsync("v1/tables/events/rows", body);
        }
    }
}
