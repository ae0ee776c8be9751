using Coordinator.Errors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Settings;

/// <summary>
/// Reads options from configuration and collects everything that is wrong: values that do not fit their type, rules that do not hold, keys that
/// do not exist. It throws nothing before <see cref="ThrowIfWrong"/>, so one start reports all mistakes of all rooms.
/// </summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _mistakes = [];
    private readonly UnknownSettings _unknown = new();

    /// <summary>What is read.</summary>
    public IConfiguration Configuration => configuration;

    /// <summary>All mistakes found so far.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>All keys of the sections that were read or named.</summary>
    public IReadOnlyList<KnownSetting> Known => _unknown.Known;

    /// <summary>Reads a section and checks its rules.</summary>
    public T Read<T>(string section, SettingsValidator<T> validator)
        where T : class, new()
    {
        var options = Bind(section, new T());
        Check(validator, options);
        return options;
    }

    /// <summary>Puts a section's values over the options given. A value that cannot be one is a mistake, and leaves the default.</summary>
    public T Bind<T>(string section, T options)
        where T : class, new()
    {
        _unknown.Know<T>(section);
        var check = new SectionCheck();
        var source = configuration.GetSection(section);
        check.Check(source, typeof(T));
        _mistakes.AddRange(check.Mistakes);
        var values = source.AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null && !check.WrongKeys.Contains(ConfigurationPath.Combine(section, pair.Key)));
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().Bind(options);
        return options;
    }

    /// <summary>Checks the rules of options that are complete by now.</summary>
    public void Check<T>(SettingsValidator<T> validator, T options)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(validator);
        _mistakes.AddRange(validator.Mistakes(options));
    }

    /// <summary>A key that is given needs another one beside it, without which it has no effect.</summary>
    /// <param name="key">The key.</param>
    /// <param name="other">The key that it needs.</param>
    /// <param name="expected">What the other one may be.</param>
    public void CheckBeside(string key, string other, string expected)
    {
        if (!string.IsNullOrWhiteSpace(configuration[key]) && string.IsNullOrWhiteSpace(configuration[other]))
            _mistakes.Add($"{key} is given and {other} is not; expected {expected} with it.");
    }

    /// <summary>Adds mistakes that another reader found.</summary>
    public void Add(IEnumerable<string> mistakes) => _mistakes.AddRange(mistakes);

    /// <summary>Names the keys of a section that this program does not read.</summary>
    public void Know<T>(string section)
        where T : new() => _unknown.Know<T>(section);

    /// <summary>Names a section whose keys are checked elsewhere.</summary>
    public void KnowSection(string section) => _unknown.Know(section);

    /// <summary>Reports every key below <paramref name="root"/> that no section has, with the nearest key that exists, and sections whose name is
    /// nearly <paramref name="root"/>.</summary>
    public void CheckUnknown(string root)
    {
        _mistakes.AddRange(_unknown.Mistakes(configuration.GetSection(root)));
        _mistakes.AddRange(configuration.GetChildren()
            .Where(section => section.Value is null && !section.Key.Equals(root, StringComparison.OrdinalIgnoreCase)
                && NearestName.Of(section.Key, [root]).Count > 0)
            .Select(section => $"{section.Key} is no section of settings. Did you mean {root}?"));
    }

    /// <summary>Throws one exception that names every mistake.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong.</exception>
    public void ThrowIfWrong()
    {
        if (_mistakes.Count > 0) throw new OptionsValidationException("Coordinator", typeof(SettingsReader), _mistakes);
    }
}
