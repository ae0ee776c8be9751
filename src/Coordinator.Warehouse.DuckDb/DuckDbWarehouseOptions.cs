namespace Coordinator.Warehouse.DuckDb;

/// <summary>Where the embedded warehouse is and what it may take.</summary>
public sealed class DuckDbWarehouseOptions
{
    /// <summary>The file used when nothing is said, under the working folder.</summary>
    public const string DefaultFile = "coordinator-data/warehouse.duckdb";

    /// <summary>A file's path, <c>:memory:</c>, or a connection string that begins with <c>Data Source=</c>. A missing folder is made.</summary>
    public string ConnectionString { get; set; } = DefaultFile;

    /// <summary>The most connections in use at once; whoever needs one more waits for one. Default 16.</summary>
    public int MaxConnections { get; set; } = 16;

    /// <summary>Opens a file that is there for reading alone, and makes nothing. Default false.</summary>
    public bool IsReadOnly { get; set; }
}
