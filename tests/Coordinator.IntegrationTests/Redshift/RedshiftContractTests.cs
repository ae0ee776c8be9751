using System.Globalization;
using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.Tables;
using Coordinator.TestServers;
using Coordinator.Warehouse.Redshift;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>The warehouse contract on the Redshift simulator.</summary>
public abstract class RedshiftContractTests(PostgresFixture fixture, IsolationLevel isolation) : WarehouseContract, IAsyncLifetime
{
    private SimulatedRedshift _redshift = null!;
    private ServiceProvider _services = null!;

    protected override IWarehouse Warehouse => _services.GetRequiredService<IWarehouse>();

    protected override ILedgerReader Ledgers => _services.GetRequiredService<ILedgerReader>();

    public async Task InitializeAsync()
    {
        // The contract's tables have capitals in their names.
        (_redshift, _services) = await StartAsync(configure =>
            SimulatedRedshift.StartAsync(fixture.Server, isolation, options => configure(Configure(options with { IsCaseSensitive = true }))));
    }

    /// <summary>After every test: the adapter sent nothing that Redshift does not understand.</summary>
    public async Task DisposeAsync()
    {
        // Explained SQL comes from the test, not from the adapter.
        Assert.DoesNotContain(_redshift.Server.Refused, static refused =>
            !refused.Contains("EXPLAIN", StringComparison.Ordinal) && !refused.StartsWith("permission denied", StringComparison.Ordinal));
        Assert.Empty(ForeignSql.In(_redshift.Server.Log));
        await _services.DisposeAsync();
        await _redshift.DisposeAsync();
    }

    [Fact]
    public async Task Its_name_shows_the_isolation_level()
    {
        await Warehouse.CheckAsync(Token);
        Assert.Equal($"Redshift ({isolation.ToString().ToUpperInvariant()})", Warehouse.Name);
    }

    protected virtual SimulatorOptions Configure(SimulatorOptions options) => options;

    /// <summary>Starts the simulator, and a warehouse that logs in there.</summary>
    private protected virtual async Task<(SimulatedRedshift Redshift, ServiceProvider Services)> StartAsync(
        Func<Func<SimulatorOptions, SimulatorOptions>, Task<SimulatedRedshift>> start)
    {
        var redshift = await start(static options => options);
        return (redshift, new ServiceCollection().AddLogging().AddRedshiftWarehouse(options =>
        {
            options.ConnectionString = redshift.ConnectionString;
            Configure(options);
        }).BuildServiceProvider());
    }

    private protected virtual void Configure(RedshiftWarehouseOptions options)
    {
        options.ApplicationName = "coordinator/silo1";
        options.FenceTimeout = TimeSpan.FromMilliseconds(200);
    }

    // Directly on PostgreSQL, because a test's own statements are not valid in Redshift.
    protected override Task RunAsync(string sql) => _redshift.RunBehindAsync(sql);

    protected override Task<object?> ScalarAsync(string sql) => _redshift.AskBehindAsync(sql);

    protected override Task SeeRefusedOrWaitingAsync(Task changing) => Eventually.TrueAsync("the change waits for the transaction", async _ =>
        Convert.ToInt64(await ScalarAsync("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted AND relation = "
            + "'events'::regclass"), CultureInfo.InvariantCulture) == 1);

    /// <summary>TRUNCATE would commit the statements before it.</summary>
    protected override string TruncateFound =>
        "Rejected: Statement 1 is TRUNCATE, which commits in Redshift all that was done before it. Use DELETE.";

    [Fact]
    public async Task TRUNCATE_is_refused_before_anything_runs()
    {
        await RunAsync("CREATE TABLE counted (n int)");
        var failure = await FailsAsync(FailureKind.Rejected, () =>
            Warehouse.ExecuteAsync(Run("INSERT INTO counted VALUES (1); TRUNCATE counted", NewId(), TableName.Parse("counted")), Token));
        Assert.Contains("Statement 2 is TRUNCATE", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Redshift's plan names no schemas and resolves no views. The adapter reports a doubt where it cannot be certain, and never a
    /// wrong table.</summary>
    protected override bool Agrees(string sql, string expected, string found) =>
        found == expected || found.Contains(" (", StringComparison.Ordinal)
            || (ForeignSql.In([sql]).Count > 0 && found.StartsWith("Rejected: ", StringComparison.Ordinal));

    /// <summary>Types that Redshift lacks use the nearest type that it has. Lengths are in bytes.</summary>
    protected override RoundTrip CaseOf(RoundTrip general) => general.Type switch
    {
        "varchar(3)" => general with { Sql = "varchar(9)" },
        "uuid" => general with { Sql = "varchar(36)", Found = static value => value?.ToString(), IsConverted = true },
        "json" => general with { Sql = "jsonb" },
        _ => general,
    };
}
