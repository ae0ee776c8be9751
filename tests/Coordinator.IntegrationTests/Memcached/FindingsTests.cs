using System.Diagnostics;
using System.Globalization;
using Coordinator.Core.Leases;
using Coordinator.Memcached.Protocol;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Memcached;

/// <summary>Findings about memcached that the client must respect, each verified on the installed memcached.</summary>
public sealed class FindingsTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task After_a_restart_the_same_cas_does_not_delete_a_rivals_lock()
    {
        await using var server = await MemcachedServer.StartAsync();
        await using var client = Clients.Of(server.Endpoint);
        var before = await client.ConnectionOfAsync("k", default);
        await before.AddAsync("k", "a", Ttl, default);
        var mine = await before.GetAsync("k", default);
        await server.RestartAsync();
        await Eventually.TrueAsync("the client is connected again", async ct =>
            (await (await client.ConnectionOfAsync("k", ct)).AddAsync("k", "b", Ttl, ct)).Kind == ReplyKind.Stored);
        var after = await client.ConnectionOfAsync("k", default);
        Assert.Equal(mine.Cas, (await after.GetAsync("k", default)).Cas);
        // The CAS alone would delete the rival's lock. The old connection refuses, and on the new one the value identifies the owner.
        Assert.Equal(ReplyKind.Unreachable, (await before.DeleteAsync("k", mine.Cas, default)).Kind);
        Assert.Equal("b", (await after.DeleteIfAsync("k", "a")).Value);
        Assert.Equal("b", (await after.GetAsync("k", default)).Value);
    }

    [Fact]
    public async Task The_cas_changes_when_a_page_moves_and_a_delete_that_looks_at_the_value_still_works()
    {
        await using var server = await MemcachedServer.StartAsync("-m", "64", "-o", "slab_reassign,slab_automove=0");
        await using var client = Clients.Of(server.Endpoint);
        var connection = await client.ConnectionOfAsync("lock", default);
        // The lock is in the first page of its slab class, which moves first. Two more pages are filled, and half of them freed as a place to
        // move to.
        await connection.AddAsync("lock", "owner", Ttl, default);
        var before = await connection.GetAsync("lock", default);
        await server.CommandAsync(string.Concat(Enumerable.Range(0, 30_000).Select(i => $"set fill{i} 0 0 5\r\nvalue\r\n")).TrimEnd());
        await server.CommandAsync(string.Concat(Enumerable.Range(0, 15_000).Select(i => $"delete fill{2 * i}\r\n")).TrimEnd());
        var classId = (await server.StatsAsync("items")).Keys.First(k => k.EndsWith(":number", StringComparison.Ordinal)).Split(':')[1];
        Assert.Equal("OK\r\n", await server.CommandAsync($"slabs reassign {classId} 0"));
        var moved = default(MemcachedReply);
        await Eventually.TrueAsync("the lock's CAS has changed", async ct => (moved = await connection.GetAsync("lock", ct)).Cas != before.Cas);
        Assert.Equal("owner", moved.Value);
        Assert.Equal(ReplyKind.Exists, (await connection.DeleteAsync("lock", before.Cas, default)).Kind);
        Assert.Equal(ReplyKind.Deleted, (await connection.DeleteIfAsync("lock", "owner")).Kind);
    }

    [Fact]
    public async Task When_memory_is_full_a_contenders_add_leaves_the_owners_lock_alone()
    {
        await using var server = await MemcachedServer.StartAsync("-M", "-m", "2");
        await using var client = Clients.Of(server.Endpoint);
        await (await client.ConnectionOfAsync("lock", default)).AddAsync("lock", "owner", Ttl, default);
        await FillAsync(server);
        Assert.NotEqual(ReplyKind.Stored, (await (await client.ConnectionOfAsync("lock", default)).AddAsync("lock", "contender", Ttl, default)).Kind);
        var reply = default(MemcachedReply);
        await Eventually.TrueAsync("an answer", async ct =>
            !(reply = await (await client.ConnectionOfAsync("lock", ct)).TouchAsync("lock", Ttl, ct)).IsTrouble);
        Assert.Equal("owner", reply.Value);
    }

    /// <summary>Why a lock uses the classic <c>add</c>.</summary>
    [Fact]
    public async Task When_memory_is_full_a_contenders_meta_set_in_mode_add_deletes_the_owners_lock()
    {
        await using var server = await MemcachedServer.StartAsync("-M", "-m", "2");
        await server.CommandAsync("add lock 0 30 5\r\nowner");
        await FillAsync(server);
        Assert.Contains("VA 5", await server.CommandAsync("mg lock v"), StringComparison.Ordinal);
        Assert.Contains("SERVER_ERROR out of memory", await server.CommandAsync("ms lock 9 T30 ME\r\ncontender"), StringComparison.Ordinal);
        Assert.Equal("EN\r\n", await server.CommandAsync("mg lock v"));
    }

    [Fact]
    public async Task When_memory_is_full_a_touch_renews_keeps_the_cas_and_allocates_nothing()
    {
        await using var server = await MemcachedServer.StartAsync("-M", "-m", "2");
        await using var client = Clients.Of(server.Endpoint);
        var connection = await client.ConnectionOfAsync("lock", default);
        await connection.AddAsync("lock", "owner", Ttl, default);
        var added = await connection.GetAsync("lock", default);
        await FillAsync(server);
        var before = await server.StatsAsync();
        for (var i = 0; i < 100; i++)
        {
            var touched = await connection.TouchAsync("lock", 10 * Ttl, default);
            Assert.Equal((ReplyKind.Value, "owner", added.Cas), (touched.Kind, touched.Value, touched.Cas));
            Assert.InRange(touched.TtlSeconds ?? 0, 299, 300);
        }

        var after = await server.StatsAsync();
        foreach (var figure in new[] { "bytes", "curr_items", "total_items" }) Assert.Equal(before[figure], after[figure]);
    }

    /// <summary>memcached counts whole seconds: a TTL lasts up to a second less than requested, and never less than the lease assumes.</summary>
    [Fact]
    public async Task A_life_may_be_a_second_shorter_than_promised_and_is_never_shorter_than_a_lease_counts()
    {
        const int Life = 4;
        const int Keys = 12;
        await using var server = await MemcachedServer.StartAsync();
        await using var client = Clients.Of(server.Endpoint);
        var connection = await client.ConnectionOfAsync("k", default);
        var start = Stopwatch.GetTimestamp();
        var sent = new List<TimeSpan>();
        var answered = new List<TimeSpan>();
        var seenAlive = new TimeSpan[Keys];
        var seenDead = new TimeSpan?[Keys];
        await Eventually.TrueAsync("all have lived and died", async ct =>
        {
            // One key every tenth of a second, to cover each phase of the server's second.
            if (sent.Count < Keys && Now() >= TimeSpan.FromMilliseconds(100 * sent.Count))
            {
                sent.Add(Now());
                Assert.Equal(ReplyKind.Stored, (await connection.AddAsync($"k{sent.Count - 1}", "a", TimeSpan.FromSeconds(Life), ct)).Kind);
                answered.Add(Now());
            }

            for (var i = 0; i < sent.Count; i++)
            {
                if (seenDead[i] is not null) continue;
                var asked = Now();
                if ((await connection.PeekAsync($"k{i}", ct)).Kind == ReplyKind.Value) seenAlive[i] = asked;
                else seenDead[i] = Now();
            }

            return seenDead.All(static d => d is not null);
        });
        for (var i = 0; i < Keys; i++)
        {
            // The server's second may be late on a busy machine.
            Assert.InRange((seenDead[i]!.Value - sent[i]).TotalSeconds, Life - Lease.StoreRounding.TotalSeconds, double.MaxValue);
            Assert.InRange((seenAlive[i] - answered[i]).TotalSeconds, 0, Life + 0.5);
        }

        Assert.Contains(Enumerable.Range(0, Keys), i => (seenDead[i]!.Value - sent[i]).TotalSeconds < Life - 0.2);

        TimeSpan Now() => Stopwatch.GetElapsedTime(start);
    }

    /// <summary>A server that resumes after a stop may serve a request with the time at which it stopped. Whether it reads its clock or its
    /// sockets first is chance, so one of several tries must show it.</summary>
    [Fact]
    public async Task A_server_that_stalled_gives_a_life_that_is_partly_over()
    {
        const int Tries = 8;
        var (life, stall) = (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2.5));
        await using var server = await MemcachedServer.StartAsync();
        await using var client = Clients.With(server.Endpoint, Clients.Connection with { ReplyTimeout = TimeSpan.FromSeconds(20) });
        var connection = await client.ConnectionOfAsync("k", default);
        var lives = new List<double>();
        while (lives.Count < Tries && !lives.Any(static l => l < 3))
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"k{lives.Count}");
            await connection.AddAsync(key, "a", Ttl, default);
            await server.SignalAsync("STOP");
            var stopped = Stopwatch.GetTimestamp();
            await Eventually.TrueAsync("it stood still", () => Stopwatch.GetElapsedTime(stopped) >= stall);
            var sent = Stopwatch.GetTimestamp();
            var renewing = connection.TouchAsync(key, life, default).AsTask();
            await server.SignalAsync("CONT");
            Assert.Equal(ReplyKind.Value, (await renewing).Kind);
            await Eventually.TrueAsync("it is gone", async ct => (await connection.PeekAsync(key, ct)).Kind == ReplyKind.Miss);
            lives.Add(Stopwatch.GetElapsedTime(sent).TotalSeconds);
        }

        Assert.Contains(lives, static l => l < 3);
    }

    private static async Task FillAsync(MemcachedServer server)
    {
        // Small items, so that the slab class of a lock is full too.
        var commands = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"set fill{i} 0 0 5\r\nvalue\r\n"));
        var replies = await server.CommandAsync(commands.TrimEnd());
        Assert.Contains("SERVER_ERROR out of memory", replies, StringComparison.Ordinal);
    }
}
