namespace Coordinator.Grains;

/// <summary>Tells which warehouse the silos write to, so that a client notices when an address that it knows belongs to another cluster.</summary>
[Alias("coordinator.IWarehouseGrain")]
public interface IWarehouseGrain : IGrainWithIntegerKey
{
    /// <summary>An id of the warehouse: the same for all silos, and different for another server, database or file. Empty if the warehouse does
    /// not let its user know.</summary>
    /// <exception cref="Errors.WarehouseUnavailableException">The warehouse does not answer.</exception>
    [Alias("Identify")]
    Task<Guid> IdentifyAsync();
}
