namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Where logins come from.</summary>
/// <param name="Origin">The source for messages: "the connection string".</param>
/// <param name="Cache">The logins that are fetched; null if the connection string or a file has the password.</param>
internal sealed record Logins(string Origin, LoginCache? Cache = null) : IDisposable
{
    public void Dispose() => Cache?.Dispose();
}
