using Coordinator.Locking;

namespace Coordinator.Tests.Locking;

public sealed class LockKeyTests
{
    [Fact]
    public void A_lock_key_can_be_read() =>
        Assert.Equal("coordinator/prod/table/public.events", LockKey.Of("prod", GrainId.Create("table", "public.events")));

    [Fact]
    public void Odd_characters_are_encoded() =>
        Assert.Equal("coordinator/prod/table/s.%22a%20b%2Fc%22", LockKey.Of("prod", GrainId.Create("table", "s.\"a b/c\"")));

    [Theory]
    [InlineData("prod", "public.größe")]
    [InlineData("prod", "public.a b\tc\r\nd\0e")]
    [InlineData("prod", "public.😀")]
    [InlineData("a service with spaces\n", "public.events")]
    public void Whatever_a_name_holds_memcached_takes_its_key(string serviceId, string table) =>
        Assert.All([LockKey.Of(serviceId, GrainId.Create("table", table)), LockKey.OfCanary(serviceId)], AssertIsKey);

    [Fact]
    public void A_very_long_service_id_still_distinguishes_tables_and_services()
    {
        var one = new string('ü', 300) + "1";
        var two = new string('ü', 300) + "2";
        string[] keys =
        [
            LockKey.Of(one, GrainId.Create("table", "public.a")), LockKey.Of(one, GrainId.Create("table", "public.b")), LockKey.OfCanary(one),
            LockKey.Of(two, GrainId.Create("table", "public.a")), LockKey.Of(two, GrainId.Create("table", "public.b")), LockKey.OfCanary(two),
        ];
        Assert.All(keys, AssertIsKey);
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void The_canary_is_no_tables_lock() => Assert.Equal("coordinator/prod/canary", LockKey.OfCanary("prod"));

    [Fact]
    public void A_long_name_ends_in_a_hash_of_the_whole()
    {
        var one = LockKey.Of("prod", GrainId.Create("table", new string('x', 400) + "1"));
        var two = LockKey.Of("prod", GrainId.Create("table", new string('x', 400) + "2"));
        Assert.Equal(250, one.Length);
        Assert.NotEqual(one, two);
        Assert.StartsWith("coordinator/prod/table/xxx", one, StringComparison.Ordinal);
    }

    private static void AssertIsKey(string key)
    {
        Assert.InRange(key.Length, 1, 250);
        Assert.DoesNotContain(key, static c => c is < '!' or > '~');
    }
}
