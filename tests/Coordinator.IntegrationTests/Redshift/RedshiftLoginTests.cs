using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.Warehouse.Redshift;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: how its logins are asked for, and passwords that change.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftLoginTests(PostgresFixture fixture) : RedshiftTestBase(fixture), IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_login_with_SHA_256_says_what_helps()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot, static options => options with { AsksForSha256 = true });
        await using var services = Services(redshift);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => services.GetRequiredService<IWarehouse>().CheckAsync(default));
        Assert.Equal((FailureKind.Unavailable, FailureCause.Connection), (failure.Kind, failure.Cause));
        Assert.Contains("ALTER USER", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_with_MD5_takes_the_password_of_each_kind()
    {
        await using var redshift = await StartAsync(
            IsolationLevel.Snapshot, static options => options with { AsksForMd5 = true, PasswordsOf = _ => ["first"] });
        await File.WriteAllTextAsync(_file, "first\n");
        var given = new NpgsqlConnectionStringBuilder(redshift.ConnectionString) { Password = "first", Pooling = false };
        await CheckAsync(options => options.ConnectionString = given.ConnectionString);
        var failure = await Assert.ThrowsAsync<WarehouseException>(
            () => CheckAsync(options => options.ConnectionString = given.ConnectionString + ";Password=other"));
        Assert.Contains("password authentication failed", failure.Message, StringComparison.Ordinal);
        given.Password = null;
        await CheckAsync(options => (options.ConnectionString, options.PasswordFile) = (given.ConnectionString, _file));
    }

    private static async Task CheckAsync(Action<RedshiftWarehouseOptions> configure)
    {
        await using var services = new ServiceCollection().AddLogging().AddRedshiftWarehouse(configure).BuildServiceProvider();
        await services.GetRequiredService<IWarehouse>().CheckAsync(default);
    }

    [Fact]
    public async Task A_password_in_a_file_is_changed_without_a_restart()
    {
        var password = "first";
        await using var redshift = await StartAsync(
            IsolationLevel.Snapshot, options => options with { PasswordsOf = _ => [Volatile.Read(ref password)] });
        await File.WriteAllTextAsync(_file, "first\n");
        await using var services = new ServiceCollection().AddLogging().AddRedshiftWarehouse(options =>
        {
            options.ConnectionString = new NpgsqlConnectionStringBuilder(redshift.ConnectionString) { Pooling = false }.ConnectionString;
            options.PasswordFile = _file;
        }).BuildServiceProvider();
        var warehouse = services.GetRequiredService<IWarehouse>();
        await warehouse.CheckAsync(default);

        Volatile.Write(ref password, "second");
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.CheckAsync(default));
        Assert.Equal(FailureCause.Connection, failure.Cause);
        Assert.Contains("password authentication failed", failure.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_file, "second\n");
        await warehouse.CheckAsync(default);
    }
}
