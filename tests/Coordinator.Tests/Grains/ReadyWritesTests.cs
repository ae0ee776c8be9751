using Coordinator.Core.Warehouses;
using Coordinator.Grains.Registration;
using Coordinator.Grains;
using Coordinator.Locking;
using Coordinator.TestServers;
using Coordinator.Tests.Binding;
using Coordinator.Tests.Committing;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Tests.Grains;

/// <summary>A silo whose table grains never tick: inserts and updates that are ready go on all the same.</summary>
public sealed class ReadyWritesTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task First_writes_paced_turns_and_reservations_go_on_without_a_tick()
    {
        var warehouse = new FakeWarehouse(static batch => new BatchResult(DateTimeOffset.UnixEpoch, BatchResult.None))
        {
            OnOpen = static table => Task.FromResult(new TableSchema(table, [Block.Target(WarehouseType.Int64)], "1")),
        };
        await using var silo = await TestSilo.StartAsync(
            "ready",
            [new("Coordinator:Grains:Queue:FlushInterval", "00:00:00.050")],
            (silo, configuration) =>
            {
                silo.Services.AddSingleton<TimeProvider>(new ClockWithoutTicks()).AddSingleton<IWarehouse>(warehouse)
                    .AddTransient(static _ => new Random(1));
                silo.AddGhettoLocks(configuration).AddTableGrains(configuration);
            });
        var table = silo.Grains.GetGrain<ITableGrain>(Some.Table.ToString());

        for (var i = 0; i < 3; i++)
        {
            var receipt = await table.SubmitAsync(Some.Insert(i, column: "c")).WaitAsync(Deadline, TimeProvider.System);
            Assert.True(receipt.IsCommitted);
        }


        var first = Request(10);
        Assert.True((await table.ReserveAsync(first).WaitAsync(Deadline, TimeProvider.System)).Granted);
        var second = table.ReserveAsync(Request(11));
        var insert = table.SubmitAsync(Some.Insert(4, column: "c"));
        await table.ReleaseAsync(first.Id, first.Holder.ToString());
        Assert.True((await second.WaitAsync(Deadline, TimeProvider.System)).Granted);
        await table.ReleaseAsync(Some.Id(11), first.Holder.ToString());
        Assert.True((await insert.WaitAsync(Deadline, TimeProvider.System)).IsCommitted);
    }

    private static ReserveRequest Request(long sequence) =>
        new() { Id = Some.Id(sequence), Mode = ReservationMode.Exclusive, Lease = TimeSpan.FromMinutes(5), Holder = new("holder") };
}
