using System.Security.Authentication;
using Coordinator.Core.Warehouses;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>The failures of a login, with the settings that they come from. No message has a password.</summary>
internal static class LoginFailure
{
    /// <summary>Whether the server refused the user or the password.</summary>
    public static bool IsRefusal(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification;

    /// <summary>A refusal, which says where the password came from.</summary>
    public static WarehouseException Refused(PostgresException e, string origin) => new(
        FailureKind.Unavailable, $"Redshift refused the login: {e.MessageText} (SQLSTATE {e.SqlState}). The password came from {origin}.", e)
    { Cause = FailureCause.Connection };

    /// <summary>A certificate that does not prove the server's name.</summary>
    public static WarehouseException Untrusted(AuthenticationException e) => new(
        FailureKind.Unavailable,
        $"Redshift's certificate is not accepted: {e.Message.TrimEnd('.')}. Check Host in the connection string. If the certificate is of an "
            + "authority that the operating system does not trust, name its file there: Root Certificate=/path/ca.pem",
        e)
    { Cause = FailureCause.Connection };
}
