using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Where logins are fetched from.</summary>
internal interface ILoginSource : IDisposable
{
    /// <summary>The source for messages, such as "Secrets Manager, secret loader".</summary>
    string Name { get; }

    /// <summary>Fetches the present login.</summary>
    /// <exception cref="WarehouseException">Unavailable: AWS did not give it. The message says what was asked and what helps.</exception>
    Task<Login> FetchAsync(CancellationToken cancellationToken);
}
