using System.Globalization;
using System.Reflection;
using System.Text;

namespace Coordinator.Tests.Documentation;

/// <summary>Writes a table of settings for each options class: key, default, meaning.</summary>
internal sealed class SettingsPage
{
    /// <summary>Defaults that differ from machine to machine.</summary>
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["Coordinator:Silo:Name"] = "the machine's name",
        ["Coordinator:Client:Source"] = "the program's name",
    };

    private readonly XmlDocs _docs = new();
    private readonly StringBuilder _text = new();

    /// <summary>Adds a section.</summary>
    /// <param name="section">Its key.</param>
    /// <param name="type">The class that it is read into.</param>
    /// <param name="without">Sections within it that are added by themselves.</param>
    public void Add(string section, Type type, params string[] without)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n### {section}\n\n| key | default | meaning |\n|---|---|---|\n");
        foreach (var (key, property, value) in Leaves(type, ""))
        {
            if (without.Contains(property.Name)) continue;
            var standard = Defaults.GetValueOrDefault($"{section}:{key}") ?? Text(value, property.PropertyType);
            _text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {standard} | {_docs.Summary(property)} |\n");
        }
    }

    public override string ToString() => _text.ToString();

    private static IEnumerable<(string Key, PropertyInfo Property, object? Value)> Leaves(Type type, string path)
    {
        var options = Activator.CreateInstance(type);
        foreach (var property in SettingKeys.Of(type))
        {
            if (SettingKeys.IsSection(property.PropertyType))
            {
                foreach (var leaf in Leaves(property.PropertyType, $"{path}{property.Name}:")) yield return leaf;
            }
            else yield return (path + property.Name, property, property.GetValue(options));
        }
    }

    private static string Text(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            var standard = value?.ToString();
            return string.Join(", ", Enum.GetNames(type).OrderBy(name => name != standard).Select(static name => $"`{name}`"));
        }

        return value switch
        {
            null or "" => "none",
            TimeSpan time => $"`{Short(time)}`",
            bool flag => flag ? "`true`" : "`false`",
            _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
        };
    }

    // 00:00:00.05, not 00:00:00.0500000.
    private static string Short(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0 ? $"{time:c}" : $"{time:c}".TrimEnd('0');
}
