namespace Coordinator.Client.Mapping;

/// <summary>A converted value, or none; for structs and references.</summary>
internal readonly struct Slot<T>(T value)
{
    public T Value { get; } = value;

    public bool HasValue { get; } = value is not null;
}
