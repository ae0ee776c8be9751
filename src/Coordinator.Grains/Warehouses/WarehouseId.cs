using Coordinator.Intents;

namespace Coordinator.Grains.Warehouses;

/// <summary>One warehouse, as an id on the wire and as text for people.</summary>
/// <param name="Id">A hash of the text (<see cref="IntentId.OriginOf(string)"/>); empty if the warehouse does not let its user know.</param>
/// <param name="Text">What distinguishes it from all others.</param>
internal sealed record WarehouseId(Guid Id, string Text)
{
    public static WarehouseId Unknown { get; } = new(Guid.Empty, "");

    public static WarehouseId Of(string text) => new(IntentId.OriginOf(text), text);
}
