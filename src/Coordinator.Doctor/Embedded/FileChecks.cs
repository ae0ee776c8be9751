using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Doctor.Checking;
using Coordinator.Tables;
using Coordinator.Warehouse.DuckDb;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Coordinator.Doctor.Embedded;

/// <summary>The checks of the embedded warehouse. They open the file read-only and create nothing.</summary>
internal sealed class FileChecks(DuckDbWarehouseOptions options, IReadOnlyList<TableName> asked) : IDisposable
{
    private const string File = "warehouse file";
    private const string Key = "Coordinator:Warehouse:ConnectionString";

    private DuckDbConnections? _connections;
    private string _absent = "";
    private IReadOnlyList<TableName> _withLedger = [];

    public IEnumerable<Check> All()
    {
        yield return new Check(File, FileAsync);
        yield return new Check("warehouse version", VersionAsync) { Needs = [File] };
        foreach (var table in asked.Count > 0 ? asked : _withLedger)
            yield return new Check($"table {table}", token => TableAsync(table, token)) { Needs = [File] };
    }

    public void Dispose() => _connections?.Dispose();

    private async Task<Finding> FileAsync(CancellationToken cancellationToken)
    {
        var database = new DuckDbDatabase(options.ConnectionString, isReadOnly: true);
        if (database.InMemory)
        {
            _absent = "the database is in the silo's memory";
            return Finding.Warning("in the silo's memory: its end loses all tables and ledgers", $"Give a file's path as {Key}.");
        }

        var file = database.Source;
        if (FolderMistake(Path.GetDirectoryName(file)!) is { } mistake)
            return Finding.Failed(
                $"{file}: {mistake}", $"Let the silo's user write the folder, where DuckDB keeps its log too, or give another path as {Key}.");
        if (!System.IO.File.Exists(file))
        {
            _absent = $"{file} does not exist yet";
            return Finding.Ok($"{file} does not exist yet; the silo creates it");
        }

        _connections = new DuckDbConnections(
            Options.Create(new DuckDbWarehouseOptions { ConnectionString = options.ConnectionString, IsReadOnly = true }),
            NullLogger<DuckDbConnections>.Instance);
        try
        {
            using var session = await _connections.RentAsync(cancellationToken);
            _withLedger = [.. (await session.RunAsync(LedgerSearch.Tables, cancellationToken)).Order()];
            return Finding.Ok($"{file} can be opened");
        }
        catch (WarehouseException e)
        {
            return Finding.Failed(e.Message, $"End the process that has the file open, or give this silo a file of its own as {Key}.");
        }
    }

    private async Task<Finding> VersionAsync(CancellationToken cancellationToken)
    {
        if (_connections is null) return Finding.Ok($"DuckDB inside the silo; {_absent}");
        using var session = await _connections.RentAsync(cancellationToken);
        return Finding.Ok(await session.RunAsync(
            static s => s.Query("SELECT 'DuckDB ' || version()", static reader => reader.GetString(0))[0], cancellationToken));
    }

    private async Task<Finding> TableAsync(TableName table, CancellationToken cancellationToken)
    {
        const string Advice = "Create the table: Coordinator:Warehouse:DuckDb:SetupScript names a script that the silo runs at its start.";
        if (_connections is null)
            return options.SetupScript.Length > 0
                ? Finding.Ok($"{_absent}; {options.SetupScript} makes the tables")
                : Finding.Failed($"{_absent}, so there is no table", Advice);
        try
        {
            using var session = await _connections.RentAsync(cancellationToken);
            var schema = await session.RunAsync(s => CatalogReader.Read(s, table), cancellationToken);
            return Finding.Ok($"{schema.Columns.Count} columns{(_withLedger.Contains(table) ? $", with a ledger in {LedgerNames.Schema}" : "")}");
        }
        catch (WarehouseException missing)
        {
            return Finding.Failed(missing.Message, Advice);
        }
    }

    /// <summary>Why nothing can be created in a folder; null if it can. A missing folder is created by the silo, in the nearest one that
    /// exists.</summary>
    private static string? FolderMistake(string folder)
    {
        if (System.IO.File.Exists(folder)) return $"{folder} is a file, no folder";
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent) folder = parent;
        var probe = Path.Combine(folder, $".coordinator-doctor-{Guid.NewGuid():N}");
        try
        {
            System.IO.File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"nothing can be created in {folder}: {e.Message}";
        }
    }
}
