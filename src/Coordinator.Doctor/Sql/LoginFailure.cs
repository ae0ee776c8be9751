using System.Net.Sockets;
using Coordinator.Core.Warehouses;
using Coordinator.Doctor.Checking;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Doctor.Sql;

/// <summary>Why a login failed, and what helps.</summary>
internal static class LoginFailure
{
    private const string Key = "Coordinator:Warehouse:ConnectionString";
    private const string FileKey = "Coordinator:Warehouse:PasswordFile";
    private const string CredentialsKey = "Coordinator:Warehouse:Redshift:Credentials";
    private const string NoPassword = "No password has been provided";

    /// <summary>Redshift refuses a password with the SQLSTATE of an unknown user (amazon-redshift-jdbc-driver#21).</summary>
    private static bool IsPassword(PostgresException e) => e.SqlState == PostgresErrorCodes.InvalidPassword
        || (e.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification
            && e.MessageText.StartsWith("password authentication failed", StringComparison.Ordinal));

    public static Finding Of(Exception e, SqlWarehouse warehouse)
    {
        var user = IdentifierText.Quote(warehouse.Connection.Username is { Length: > 0 } given ? given : "coordinator");
        var database = warehouse.Connection.Database ?? warehouse.Connection.Username ?? "";
        // The adapter's own failure says where the password came from.
        var (cause, seen) = e is WarehouseException { InnerException: PostgresException inner } ? (inner, e.Message)
            : (e, (e as PostgresException)?.MessageText ?? e.Message);
        return cause switch
        {
            PostgresException refused when IsPassword(refused) => Finding.Failed(
                seen,
                $"Give this user's password: Password in {Key}, or the file of {FileKey}, which is read for each login.",
                $"An administrator sets a new one: ALTER USER {user} PASSWORD '…';"),
            PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } => Finding.Failed(
                seen,
                $"An administrator creates the user: CREATE USER {user} PASSWORD '…'; or compare Username in {Key}. If the message names "
                    + "pg_hba.conf, let this user in from this address there."),
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing => Finding.Failed(
                missing.MessageText,
                $"Compare Database in {Key}; without it, the database has the user's name. An administrator creates one: CREATE DATABASE "
                    + $"{IdentifierText.Quote(database.Length > 0 ? database : "warehouse")};"),
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } full => Finding.Failed(
                full.MessageText, $"End idle sessions, or raise the limit: ALTER USER {user} CONNECTION LIMIT UNLIMITED;"),
            NotSupportedException => Finding.Failed(
                warehouse.FailureOf(e)?.Message ?? e.Message,
                $"An administrator gives the user an MD5 password: SELECT 'md5' || MD5('the password' || '{warehouse.Connection.Username}'); "
                    + $"and with its result: ALTER USER {user} PASSWORD 'md5…';"),
            NpgsqlException when e.Message.StartsWith(NoPassword, StringComparison.Ordinal) => Finding.Failed(
                "the server asks for a password, and the settings have none", $"Set Password in {Key}, or {FileKey}."),
            NpgsqlException { InnerException: SocketException or IOException } => Finding.Failed(
                warehouse.FailureOf(e)?.Message ?? e.Message,
                "Is it paused, restarting, or out of connections? Look at its state and events; a Serverless workgroup resumes at the first "
                    + "connection."),
            UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException => Finding.Failed(
                $"the file of {FileKey} cannot be read: {e.Message}", $"Let this process read the file, or set Password in {Key}."),
            WarehouseException => Finding.Failed(seen, $"Compare {Key} and {CredentialsKey} with the warehouse."),
            _ => Finding.Failed(warehouse.FailureOf(e)?.Message ?? e.Message, $"Compare {Key} with the warehouse."),
        };
    }
}
