using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Grains.Registration;
using Coordinator.Locking;
using Coordinator.Receipts;
using Coordinator.TestServers;
using Coordinator.Tests.Binding;
using Coordinator.Tests.Committing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Coordinator.Tests.Grains;

/// <summary>A table grain that Orleans deactivates while calls poll: it ends only after a tick has answered them.</summary>
public sealed class EndingTableTickTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_deactivating_table_is_ticked_while_calls_poll_and_then_ends()
    {
        var warehouse = new FakeWarehouse(static batch => new BatchResult(DateTimeOffset.UnixEpoch, BatchResult.None))
        {
            OnOpen = static table => Task.FromResult(new TableSchema(table, [Block.Target(WarehouseType.Int64)], "1")),
        };
        var clock = new ManualTicks();
        await using var silo = await TestSilo.StartAsync("ending", [], (silo, configuration) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IWarehouse>(warehouse).AddTransient(static _ => new Random(1));
            silo.AddGhettoLocks(configuration).AddTableGrains(configuration);
        });
        var table = silo.Grains.GetGrain<ITableGrain>(Some.Table.ToString());
        var holder = new ReserveRequest
        {
            Id = Some.Id(10),
            Mode = ReservationMode.Exclusive,
            Lease = TimeSpan.FromMinutes(5),
            Holder = new("holder"),
        };
        Assert.True((await table.ReserveAsync(holder)).Granted);
        var insert = table.SubmitAsync(Some.Insert(1, column: "c"));
        await Eventually.TrueAsync("the insert waits", async _ => await table.FindAsync(Some.Id(1)) is not null);

        await table.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        // This call arrives at the next activation: the one that ends admits no other.
        var next = table.FindAsync(Some.Id(1));
        clock.SetForward(CallTimes.LongPoll);
        clock.Tick();
        Assert.Equal(WriteStatus.Pending, (await insert.WaitAsync(Deadline)).Status);
        Assert.Null(await next.WaitAsync(Deadline));
    }
}
