using System.CommandLine;
using System.Globalization;
using Coordinator.Client;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.Benchmarks.Idle;

/// <summary><c>idle</c>: what an unused silo costs, without tables and with many.</summary>
internal static class IdleCommand
{
    private const int AtOnce = 200;

    private static readonly RowSchema Schema = new(("id", ColumnType.Int64));

    // The start, its compilation in the background and the last inserts are over by then.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(40);

    public static Command Create()
    {
        var tables = new Option<int>("--tables") { Description = "How many tables.", DefaultValueFactory = static _ => 10_000 };
        var seconds = new Option<int>("--seconds") { Description = "How long each state is measured.", DefaultValueFactory = static _ => 60 };
        var command = new Command("idle", "The processor time of a silo-host without tables, and what idle tables with their locks add to it in "
            + "processor time and managed bytes.") { tables, seconds };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(tables), TimeSpan.FromSeconds(parsed.GetValue(seconds)), ct));
        return command;
    }

    private static async Task RunAsync(int tables, TimeSpan time, CancellationToken ct)
    {
        // What PostgreSQL costs is not measured here, so it need not survive a crash.
        await using var postgres = await PostgresServer.StartAsync("fsync=off", "max_locks_per_transaction=1024");
        await using var memcached = await MemcachedServer.StartAsync();
        await memcached.GrowOldAsync("coordinator");
        var database = await postgres.CreateDatabaseAsync(ct);
        var names = Enumerable.Range(0, tables).Select(static i => TableName.Parse(string.Create(CultureInfo.InvariantCulture, $"public.t{i:00000}")))
            .ToArray();
        await CreateTablesAsync(database, names, ct);
        await using var silo = await IdleSilo.StartAsync(database, memcached.Endpoint, ct);
        var share = await ShareAsync(silo, time, ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"no tables: {share:P2} of a core"));
        // The first insert loads what all tables share.
        await InsertAsync(silo, names[..1], ct);
        var bytes = await silo.BytesAsync(ct);
        await InsertAsync(silo, names[1..], ct);
        var shareOfAll = await ShareAsync(silo, time, ct);
        var more = (await silo.BytesAsync(ct) - bytes) / Math.Max(tables - 1, 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tables:N0} idle tables and their locks: {shareOfAll:P2} of a core, {shareOfAll - share:P2} more; {more:N0} bytes for each table"));
    }

    private static async Task<double> ShareAsync(IdleSilo silo, TimeSpan time, CancellationToken ct)
    {
        await Console.Error.WriteLineAsync($"measuring process {silo.Id} …");
        await Task.Delay(Settling, TimeProvider.System, ct);
        // No collection falls into the measurement only because of what came before.
        await silo.BytesAsync(ct);
        return await silo.ShareAsync(time, ct);
    }

    private static async Task CreateTablesAsync(string database, TableName[] names, CancellationToken ct)
    {
        await using var warehouse = NpgsqlDataSource.Create(database);
        foreach (var some in names.Chunk(AtOnce))
        {
            await using var create = warehouse.CreateCommand(string.Concat(some.Select(static name => $"CREATE TABLE {name} (id bigint);")));
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>One row into each table, by a client that is gone afterwards.</summary>
    private static async Task InsertAsync(IdleSilo silo, TableName[] names, CancellationToken ct)
    {
        using var host = await TestClient.ConnectAsync([new("Coordinator:Silo:GatewayPort", silo.GatewayPort)]);
        var client = host.Services.GetRequiredService<ICoordinatorClient>();
        foreach (var some in names.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(async name =>
            {
                var row = new RowBlockBuilder(Schema);
                row[0].Append(1L);
                (await client.InsertAsync(name, row.Build(), cancellationToken: ct)).EnsureNotRejected();
            }));
        }

        await host.StopAsync(CancellationToken.None);
    }
}
