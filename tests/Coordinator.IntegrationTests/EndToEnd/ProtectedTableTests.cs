using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>The silo refuses grain calls for protected tables that bypass the SDK, before it takes a lock or creates a ledger.</summary>
public sealed class ProtectedTableTests : IAsyncLifetime
{
    private static readonly TableName Ledger = TableName.Parse("coordinator.\"public.events\"");

    private Deployment _deployment = null!;
    private IGrainFactory _grains = null!;

    public async Task InitializeAsync()
    {
        _deployment = await Deployment.StartAsync(
            "CREATE TABLE events (id bigint); CREATE SCHEMA coordinator; CREATE TABLE coordinator.\"public.events\" (id bigint)");
        _grains = (await _deployment.ConnectHostAsync()).Services.GetRequiredService<IGrainFactory>();
    }

    public async Task DisposeAsync() => await _deployment.DisposeAsync();

    [Fact]
    public async Task An_insert_is_refused_before_a_lock_is_taken_or_a_ledger_made()
    {
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        rows[0].Append(1L);
        var intent = new InsertIntent { Id = IntentId.FromKey("k"), Table = Ledger, Rows = rows.Build() };
        var grain = _grains.GetGrain<ITableGrain>(Ledger.ToString());
        var many = await grain.SubmitManyAsync(new SubmitManyRequest([intent]));
        foreach (var receipt in new[] { await grain.SubmitAsync(intent), many.Outcomes[0].Receipt! })
        {
            Assert.Equal(WriteStatus.Rejected, receipt.Status);
            Assert.Equal(ProtectedSchemas.Refusal(Ledger), Assert.Single(receipt.Errors).Reason);
        }

        await NothingIsMadeAsync();
    }

    [Fact]
    public async Task An_update_is_refused_before_a_table_is_asked_for()
    {
        var id = IntentId.FromKey("k");
        var receipt = await _grains.GetGrain<IUpdateGrain>(id.ToString()).RunAsync(new UpdateIntent { Id = id, Sql = "select 1", Writes = [Ledger] });
        Assert.Equal((WriteStatus.Rejected, ProtectedSchemas.Refusal(Ledger)), (receipt.Status, receipt.Errors[0].Reason));
        await NothingIsMadeAsync();
    }

    private async Task NothingIsMadeAsync()
    {
        Assert.Equal(0L, await _deployment.ScalarAsync<long>("SELECT count(*) FROM coordinator.\"public.events\""));
        Assert.Equal(1L, await _deployment.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'coordinator'"));
        Assert.Equal("EN", (await _deployment.Memcached.CommandAsync(
            $"mg coordinator/coordinator/table/{Uri.EscapeDataString(Ledger.ToString())} v t")).Trim());
    }
}
