using Microsoft.Extensions.Configuration;

namespace Coordinator.Settings;

/// <summary>Compares the values of a section with an options class: finds what the binder could not read, or would read as something else.</summary>
internal sealed class SectionCheck
{
    private readonly List<string> _mistakes = [];
    private readonly HashSet<string> _wrongKeys = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>The keys whose values must not be bound.</summary>
    public IReadOnlySet<string> WrongKeys => _wrongKeys;

    public void Check(IConfigurationSection section, Type type)
    {
        if (SettingShape.IsValue(type)) CheckValue(section, type);
        else if (section.Value is { Length: > 0 } value) Add(section, $"is '{value}'; expected keys below it");
        else if (SettingShape.Element(type) is { } element) CheckChildren(section, element);
        else CheckProperties(section, type);
    }

    private static bool IsNull(IConfigurationSection section) => section.Value is null && !section.GetChildren().Any();

    private void CheckValue(IConfigurationSection section, Type type)
    {
        if (section.Value is { } text && SettingText.Advice(text, type) is { } advice) Add(section, $"is '{text}'; {advice}");
    }

    private void CheckChildren(IConfigurationSection section, Type element)
    {
        foreach (var child in section.GetChildren()) Check(child, element);
    }

    private void CheckProperties(IConfigurationSection section, Type type)
    {
        var given = section.GetChildren().ToDictionary(static child => child.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var property in SettingShape.Properties(type))
        {
            if (!given.TryGetValue(property.Name, out var child)) continue;
            // The binder makes of null the default of the type, not the default of the setting: a time of null would be zero.
            if (IsNull(child) && SettingShape.IsValue(property.PropertyType) && !SettingShape.MayBeNull(property))
                Add(child, "is null; expected a value, or no such key");
            else Check(child, property.PropertyType);
        }
    }

    private void Add(IConfigurationSection section, string mistake)
    {
        _mistakes.Add($"{section.Path} {mistake}.");
        _wrongKeys.Add(section.Path);
    }
}
