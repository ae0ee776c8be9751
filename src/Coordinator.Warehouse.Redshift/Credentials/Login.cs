namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>A user and a password, and the server if the source names one. It is no record, so that no text of it has the password.</summary>
/// <param name="user">The user name.</param>
/// <param name="password">The password.</param>
internal sealed class Login(string user, string password)
{
    public string User => user;

    public string Password => password;

    /// <summary>For how long logins with it are admitted; null if that is not known.</summary>
    public TimeSpan? Life { get; init; }

    /// <summary>The server's host; empty if the source names none.</summary>
    public string Host { get; init; } = "";

    /// <summary>The server's port; null if the source names none.</summary>
    public int? Port { get; init; }

    /// <summary>The database; empty if the source names none.</summary>
    public string Database { get; init; } = "";

    /// <summary>Whether another login differs by its password alone, so that the same connections can use it.</summary>
    public bool HasTargetOf(Login other) => (User, Host, Port, Database) == (other.User, other.Host, other.Port, other.Database);
}
