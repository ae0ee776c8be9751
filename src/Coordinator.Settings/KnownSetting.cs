namespace Coordinator.Settings;

/// <summary>A key that configuration may have.</summary>
/// <param name="Key">The whole key, such as <c>Coordinator:Locking:Ttl</c>.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Default">The value without the key; null if there is none.</param>
public sealed record KnownSetting(string Key, Type Type, object? Default);
