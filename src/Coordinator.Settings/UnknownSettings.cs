using Coordinator.Errors;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Settings;

/// <summary>Finds keys that no options class has, and the known key that was probably meant.</summary>
internal sealed class UnknownSettings
{
    private const int MaxHints = 3;

    private readonly List<KnownSetting> _keys = [];
    private readonly List<string> _elsewhere = [];

    public IReadOnlyList<KnownSetting> Known => _keys;

    /// <summary>Adds the keys of an options class.</summary>
    public void Know<T>(string section)
        where T : new() => _keys.AddRange(SettingShape.Keys(section, typeof(T), new T()));

    /// <summary>Adds a section whose keys are checked elsewhere.</summary>
    public void Know(string section) => _elsewhere.Add(section);

    public IEnumerable<string> Mistakes(IConfigurationSection root) => Leaves(root)
        .Select(static leaf => leaf.Path)
        .Where(path => !path.Equals(root.Path, StringComparison.OrdinalIgnoreCase) && !IsKnown(path))
        .Select(path => $"{path} is no setting.{Hint(path)}");

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        return children.Count == 0 ? [section] : children.SelectMany(Leaves);
    }

    private bool IsKnown(string path) =>
        _keys.Any(known => Matches(known.Key, path)) || _elsewhere.Any(section => IsAtOrBelow(path, section));

    // An empty section, such as "Queue": {} in JSON, is a leaf without being a key.
    private static bool Matches(string known, string path)
    {
        string[] names = known.Split(':'), segments = path.Split(':');
        return segments.Length <= names.Length && segments.Zip(names).All(static pair => pair.Second == "<name>" || Same(pair.First, pair.Second));
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static bool IsAtOrBelow(string path, string section) =>
        path.StartsWith(section, StringComparison.OrdinalIgnoreCase) && (path.Length == section.Length || path[section.Length] == ':');

    private string Hint(string path)
    {
        var root = path[..(path.IndexOf(':', StringComparison.Ordinal) + 1)];
        var below = _keys.Select(static k => k.Key)
            .Where(key => key.StartsWith(root, StringComparison.OrdinalIgnoreCase))
            .Select(key => key[root.Length..]).Distinct().ToList();
        var near = Nearest(path[root.Length..], below).Select(key => root + key).ToList();
        return near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    private static IEnumerable<string> Nearest(string wrong, List<string> known)
    {
        // Warehouse:Providr: a name beside it.
        var siblings = known.Where(key => Same(Parent(key), Parent(wrong))).ToList();
        if (NearestName.Of(Name(wrong), siblings.Select(Name)) is [var sibling, ..]) return siblings.Where(key => Name(key) == sibling);

        // Lockin:Ttl, Grains:MaxBatchRows: the same name in another section.
        var namesakes = known.Where(key => Same(Name(key), Name(wrong))).ToList();
        if (namesakes.Count > 0) return NearestName.Of(wrong, namesakes) is { Count: > 0 } near ? near : namesakes.Take(MaxHints);

        // Memcached:Server: the end of a longer key.
        var depth = wrong.Split(':').Length;
        var similar = known.Where(key => NearestName.Of(Name(wrong), [Name(key)]).Count > 0).ToList();
        return NearestName.Of(wrong, similar.Select(key => End(key, depth))) is [var end, ..]
            ? similar.Where(key => End(key, depth) == end).Take(MaxHints)
            : [];
    }

    private static string Name(string key) => key[(key.LastIndexOf(':') + 1)..];

    private static string Parent(string key) => key[..(key.LastIndexOf(':') + 1)];

    private static string End(string key, int depth) => string.Join(':', key.Split(':').TakeLast(depth));
}
