using System.Data;
using System.Data.Common;
using DuckDB.NET.Data;

namespace Coordinator.Demo;

/// <summary>DuckDB in a temporary file, which is deleted at the end unless it was named or is kept.</summary>
internal sealed class DuckDbDemoWarehouse : DemoWarehouse
{
    private readonly string? _folder;
    private readonly bool _keep;

    // The database exists in this process as long as one connection is open.
    private readonly DuckDBConnection _root;

    public DuckDbDemoWarehouse(string? file, string run, bool keep)
    {
        _keep = keep;
        if (file is null) _folder = Directory.CreateTempSubdirectory($"coordinator-demo-{run}-").FullName;
        File = Path.GetFullPath(file ?? Path.Combine(_folder!, "demo.duckdb"));
        ConnectionString = "Data Source=" + File;
        _root = new DuckDBConnection(ConnectionString);
        try
        {
            _root.Open();
        }
        catch (DuckDBException e)
        {
            throw new IOException($"DuckDB cannot open {File}: {e.Message}", e);
        }
    }

    public string File { get; }

    public override string Name => "DuckDB";

    public override string Provider => "DuckDb";

    public override string ConnectionString { get; }

    public override IsolationLevel Isolation => IsolationLevel.Unspecified;

    public override string Cause =>
        "DuckDB sees conflicts only between writes, so inserters alone never fail: what fails is the job, scheduled on more than one host at the "
            + "same time (--updaters).";

    public override bool IsConflict(DbException failure) =>
        failure is DuckDBException && failure.Message.Contains("TransactionContext Error", StringComparison.Ordinal)
            && failure.Message.Contains("onflict", StringComparison.Ordinal);

    public override async ValueTask DisposeAsync()
    {
        await _root.DisposeAsync();
        if (_folder is not null && !_keep) Directory.Delete(_folder, recursive: true);
    }

    protected override DbConnection Create() => new DuckDBConnection(ConnectionString);
}
