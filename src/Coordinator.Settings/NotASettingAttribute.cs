namespace Coordinator.Settings;

/// <summary>Marks a property of an options class that code sets: configuration has no such key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotASettingAttribute : Attribute;
