using Microsoft.Extensions.Options;

namespace Coordinator.Settings;

/// <summary>Checks one options class by rules, and reports every mistake, not the first alone.</summary>
/// <param name="section">The section that the options are read from; the messages' keys begin with it.</param>
public abstract class SettingsValidator<T>(string section) : IValidateOptions<T>
    where T : class
{
    /// <summary>Every mistake in the options.</summary>
    public IReadOnlyList<string> Mistakes(T options)
    {
        var rules = new SettingRules(section);
        Check(options, rules);
        return rules.Mistakes;
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, T options) =>
        Mistakes(options) is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;

    /// <summary>The rules, one a line.</summary>
    protected abstract void Check(T options, SettingRules rules);
}
