using Coordinator.Core.Warehouses;

namespace Coordinator.Hosting;

/// <summary>A warehouse whose identity is the operator's word (<see cref="WarehouseOptions.Id"/>).</summary>
internal sealed class NamedWarehouse(IWarehouse inner, string id) : DelegatingWarehouse(inner)
{
    public override Task<string> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult($"warehouse '{id}'");
}
