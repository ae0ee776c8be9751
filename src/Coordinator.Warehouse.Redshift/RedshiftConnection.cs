using System.Data.Common;
using System.Net;
using Coordinator.Warehouse.Redshift.Credentials;
using Npgsql;

namespace Coordinator.Warehouse.Redshift;

/// <summary>What an operator's connection string means for Redshift, where Npgsql's defaults are PostgreSQL's.</summary>
public static class RedshiftConnection
{
    private const int Port = 5439;

    /// <summary>The connection string with Redshift's port, and with <see cref="SslMode.VerifyFull"/> beyond loopback, unless it chooses
    /// others. AWS's certificates are signed by Amazon's authorities, which operating systems trust.</summary>
    /// <exception cref="ArgumentException">The text is not a connection string.</exception>
    public static NpgsqlConnectionStringBuilder Of(string connectionString) => Of(connectionString, login: null);

    /// <summary>The connection string with the user of a login, and with its server where the connection string names none.</summary>
    internal static NpgsqlConnectionStringBuilder Of(string connectionString, Login? login)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (login is not null) connection.Username = login.User;
        if (string.IsNullOrEmpty(connection.Host) && login?.Host.Length > 0) connection.Host = login.Host;
        if (string.IsNullOrEmpty(connection.Database) && login?.Database.Length > 0) connection.Database = login.Database;
        if (!given.ContainsKey("Port")) connection.Port = login?.Port ?? Port;
        if (!given.ContainsKey("SSL Mode") && !given.ContainsKey("SslMode") && !IsLoopback(connection.Host)) connection.SslMode = SslMode.VerifyFull;
        return connection;
    }

    private static bool IsLoopback(string? host) =>
        host is null || host == "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
