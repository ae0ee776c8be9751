using Coordinator.Core.Reservations;
using Coordinator.Grains;
using Coordinator.Locking;
using Coordinator.Memcached.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Locking;

/// <summary>A table's holders, as its next activation reads them: in memcached, and in the process of an embedded silo.</summary>
public sealed class ReservationMemoryTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(45);
    private static readonly RememberedReservation Hold =
        new(Some.Id(1), ReservationMode.Exclusive, new Holder(new("a/0"), new("silo"), "job"), new("grantor"), Life);

    private readonly FakeMemcached _memcached = new();
    private readonly MemcachedReservationMemory _shared;

    public ReservationMemoryTests() => _shared = new MemcachedReservationMemory(_memcached, "service");

    [Fact]
    public async Task What_is_written_is_read_under_the_services_and_the_tables_name()
    {
        Assert.True(await _shared.WriteAsync(Some.Table, [Hold], Life, default));
        Assert.Equal([Hold], await _shared.ReadAsync(Some.Table, default));
        Assert.All(_memcached.Commands, static c => Assert.EndsWith(" coordinator/service/reservations/public.events", c, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_memory_is_empty_and_trouble_or_another_version_is_not_known()
    {
        Assert.Empty((await _shared.ReadAsync(Some.Table, default))!);
        _memcached.Put(LockKey.OfReservations("service", Some.Table.ToString()), "2;something", Life);
        Assert.Null(await _shared.ReadAsync(Some.Table, default));
        _memcached.Before = static _ => new MemcachedReply(ReplyKind.Unreachable);
        Assert.Null(await _shared.ReadAsync(Some.Table, default));
    }

    [Fact]
    public async Task A_write_that_memcached_did_not_confirm_and_a_text_that_is_too_long_say_so()
    {
        var crowd = Enumerable.Repeat(Hold, 500).ToList();
        Assert.False(await _shared.WriteAsync(Some.Table, crowd, Life, default));
        Assert.Empty(_memcached.Commands);
        _memcached.Before = static _ => new MemcachedReply(ReplyKind.Lost);
        Assert.False(await _shared.WriteAsync(Some.Table, [Hold], Life, default));
    }

    [Fact]
    public async Task In_process_a_table_is_remembered_for_its_life_and_forgotten_when_nobody_holds_it()
    {
        var clock = new FakeTimeProvider();
        var memory = new InProcessReservationMemory(clock);
        Assert.Empty((await memory.ReadAsync(Some.Table, default))!);
        Assert.True(await memory.WriteAsync(Some.Table, [Hold], Life, default));
        clock.Advance(Life - TimeSpan.FromTicks(1));
        Assert.Equal([Hold], await memory.ReadAsync(Some.Table, default));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Empty((await memory.ReadAsync(Some.Table, default))!);
        Assert.True(await memory.WriteAsync(Some.Table, [Hold], Life, default));
        Assert.True(await memory.WriteAsync(Some.Table, [], Life, default));
        Assert.Empty((await memory.ReadAsync(Some.Table, default))!);
    }
}
