using System.Data;
using System.Data.Common;
using Npgsql;

namespace Coordinator.Demo;

/// <summary>PostgreSQL at SERIALIZABLE, which fails cycles as Redshift does.</summary>
internal sealed class PostgresDemoWarehouse : DemoWarehouse
{
    private readonly NpgsqlDataSource _source;

    public PostgresDemoWarehouse(string connectionString)
    {
        ConnectionString = connectionString;
        try
        {
            _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "coordinator/demo" });
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"--connection is no connection string of PostgreSQL: {e.Message}", e);
        }
    }

    public override string Name => "PostgreSQL";

    public override string Provider => "Postgres";

    public override string ConnectionString { get; }

    public override IsolationLevel Isolation => IsolationLevel.Serializable;

    public override string Cause =>
        "At SERIALIZABLE the job reads what the inserters write and the reader reads both: the cycle fails transactions, as in Redshift.";

    public override bool IsConflict(DbException failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override DbConnection Create() => _source.CreateConnection();
}
