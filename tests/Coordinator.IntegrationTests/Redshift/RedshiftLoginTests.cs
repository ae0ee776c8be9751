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
    public async Task A_password_in_a_file_is_changed_without_a_restart()
    {
        var password = "first";
        await using var redshift = await StartAsync(
            IsolationLevel.Snapshot, options => options with { IsPassword = given => given == Volatile.Read(ref password) });
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
