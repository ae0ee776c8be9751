using System.Globalization;
using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>A silo, memcached and PostgreSQL for all tests of a class. Each test has its own table.</summary>
public sealed class InsertFixture : IAsyncLifetime
{
    private int _tables;

    public Deployment Deployment { get; private set; } = null!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("coordinator-insert-").FullName;

    public async Task InitializeAsync() => Deployment = await Deployment.StartAsync("select 1");

    public async Task DisposeAsync()
    {
        await Deployment.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Creates a table with a number column and a text column.</summary>
    public async Task<string> TableAsync()
    {
        var table = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _tables)}");
        await Deployment.ExecuteAsync($"create table {table} (n int, note text)");
        return table;
    }

    /// <summary>A path in a folder of the class.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs <c>insert</c> and returns its JSON output.</summary>
    public async Task<JsonElement> InsertAsync(string table, string file, int exitCode = 0, params string[] more)
    {
        var result = await RunAsync(table, file, null, ["--json", .. more]);
        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode}: {result.StandardError}{result.StandardOutput}");
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }

    /// <summary>Runs <c>insert</c>.</summary>
    public Task<ClientHostResult> RunAsync(string table, string file, string? input = null, params string[] more) =>
        ClientHostProcess.RunAsync(Deployment.Silo.ClientSettings, ["insert", "--table", table, "--file", file, .. more], input);

    /// <summary>The number of rows in the table, and the number of distinct rows.</summary>
    public async Task<(long Rows, long Different)> CountsAsync(string table) =>
        (await Deployment.ScalarAsync<long>($"select count(*) from {table}"),
            await Deployment.ScalarAsync<long>($"select count(distinct n) from {table}"));
}
