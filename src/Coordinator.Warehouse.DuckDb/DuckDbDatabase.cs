using DuckDB.NET.Data;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Parses a connection string: the location of the database, and how to connect to it.</summary>
internal sealed class DuckDbDatabase
{
    private const string Memory = ":memory:";

    private readonly bool _isReadOnly;

    public DuckDbDatabase(string connectionString, bool isReadOnly)
    {
        _isReadOnly = isReadOnly;
        var builder = new DuckDBConnectionStringBuilder();
        if (connectionString.Contains('=', StringComparison.Ordinal)) builder.ConnectionString = connectionString;
        else builder.DataSource = connectionString;
        InMemory = builder.DataSource.StartsWith(Memory, StringComparison.OrdinalIgnoreCase);
        // DuckDB.NET identifies databases by path: two spellings of one file would be two databases that lock each other out.
        if (!InMemory) builder.DataSource = Path.GetFullPath(builder.DataSource);
        Source = builder.DataSource;
        if (isReadOnly) builder["ACCESS_MODE"] = "READ_ONLY";
        ConnectionString = builder.ConnectionString;
    }

    /// <summary>True if the database ends with its last connection, so that further connections must be duplicates of it.</summary>
    public bool InMemory { get; }

    /// <summary>The file, for messages.</summary>
    public string Source { get; }

    public string ConnectionString { get; }

    public void MakeFolder()
    {
        if (!InMemory && !_isReadOnly && Path.GetDirectoryName(Source) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
    }

    public DuckDBConnection Open(DuckDBConnection? root)
    {
        var connection = InMemory && root is not null ? root.Duplicate() : new DuckDBConnection(ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // The product's default schema is public. main stays reachable because plain CREATE TABLE scripts use it. It is recreated after a
            // DROP, because DuckDB refuses a search_path with a missing schema.
            command.CommandText = (_isReadOnly, root) switch
            {
                (true, _) => "SET GLOBAL TimeZone = 'UTC'",
                (false, null) => "SET GLOBAL TimeZone = 'UTC'; CREATE SCHEMA IF NOT EXISTS public; SET search_path = 'public,main'",
                (false, _) => "CREATE SCHEMA IF NOT EXISTS public; SET search_path = 'public,main'",
            };
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
