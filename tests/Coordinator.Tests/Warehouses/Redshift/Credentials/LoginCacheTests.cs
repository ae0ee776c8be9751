using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Warehouses.Redshift.Credentials;

/// <summary>When a login is fetched again.</summary>
public sealed class LoginCacheTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeSource _source = new();
    private readonly LoginCache _cache;

    public LoginCacheTests() => _cache = new LoginCache(_source, _time, NullLogger<LoginCache>.Instance);

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task A_login_is_fetched_again_before_its_life_is_over_and_not_for_each_session()
    {
        Assert.Equal("1", await PasswordAsync());
        _time.Advance(0.79 * Life);
        Assert.Equal("1", await PasswordAsync());
        _time.Advance(0.02 * Life);
        Assert.Equal("2", await PasswordAsync());
        Assert.Equal("2", await PasswordAsync());
    }

    [Fact]
    public async Task A_login_without_a_known_life_is_kept_until_it_is_refused()
    {
        _source.Life = null;
        Assert.Equal("1", await PasswordAsync());
        _time.Advance(TimeSpan.FromDays(1000));
        Assert.Equal("1", await PasswordAsync());
        _cache.Forget(_time.GetTimestamp());
        Assert.Equal("2", await PasswordAsync());
    }

    [Fact]
    public async Task A_refusal_forgets_no_login_that_is_newer_than_the_attempt()
    {
        await PasswordAsync();
        var attempt = _time.GetTimestamp();
        _time.Advance(Life);
        Assert.Equal("2", await PasswordAsync());
        _cache.Forget(attempt);
        Assert.Equal("2", await PasswordAsync());
        _cache.Forget(_time.GetTimestamp());
        Assert.Equal("3", await PasswordAsync());
    }

    [Fact]
    public async Task All_callers_share_one_fetch_and_its_failure()
    {
        _source.Gate = new TaskCompletionSource();
        var first = PasswordAsync();
        var second = PasswordAsync();
        _source.Fails = true;
        _source.Gate.SetResult();
        await Assert.ThrowsAsync<WarehouseException>(() => first);
        await Assert.ThrowsAsync<WarehouseException>(() => second);
        Assert.Equal(1, _source.Fetches);
        _source.Fails = false;
        Assert.Equal("2", await PasswordAsync());
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_the_fetch_to_the_others()
    {
        _source.Gate = new TaskCompletionSource();
        using var given = new CancellationTokenSource();
        var first = _cache.GetAsync(given.Token).AsTask();
        var second = PasswordAsync();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _source.Gate.SetResult();
        Assert.Equal("1", await second);
    }

    [Fact]
    public async Task A_failure_to_renew_keeps_the_login_for_a_while_and_a_refusal_ends_that()
    {
        await PasswordAsync();
        _time.Advance(0.9 * Life);
        _source.Fails = true;
        Assert.Equal("1", await PasswordAsync());
        Assert.Equal("1", await PasswordAsync());
        Assert.Equal(2, _source.Fetches);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("1", await PasswordAsync());
        Assert.Equal(3, _source.Fetches);
        _cache.Forget(_time.GetTimestamp());
        await Assert.ThrowsAsync<WarehouseException>(PasswordAsync);
    }

    private async Task<string> PasswordAsync() => (await _cache.GetAsync(default)).Password;

    private sealed class FakeSource : ILoginSource
    {
        public string Name => "a fake";

        public TimeSpan? Life { get; set; } = LoginCacheTests.Life;

        public TaskCompletionSource? Gate { get; set; }

        public bool Fails { get; set; }

        public int Fetches { get; private set; }

        public async Task<Login> FetchAsync(CancellationToken cancellationToken)
        {
            var number = ++Fetches;
            if (Gate is not null) await Gate.Task;
            if (Fails) throw new WarehouseException(FailureKind.Unavailable, "AWS gave no login.");
            return new Login("user", $"{number}") { Life = Life };
        }

        public void Dispose()
        {
        }
    }
}
