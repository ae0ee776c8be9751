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

    [Fact]
    public void A_long_name_ends_in_a_hash_of_the_whole()
    {
        var one = LockKey.Of("prod", GrainId.Create("table", new string('x', 400) + "1"));
        var two = LockKey.Of("prod", GrainId.Create("table", new string('x', 400) + "2"));
        Assert.Equal(250, one.Length);
        Assert.NotEqual(one, two);
        Assert.StartsWith("coordinator/prod/table/xxx", one, StringComparison.Ordinal);
    }
}
