using Microsoft.Extensions.Options;

namespace Coordinator.Client;

/// <summary>Reports all mistakes in the client's settings together.</summary>
internal sealed class CoordinatorClientOptionsValidator : IValidateOptions<CoordinatorClientOptions>
{
    public ValidateOptionsResult Validate(string? name, CoordinatorClientOptions options)
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Source)) mistakes.Add($"{CoordinatorClientOptions.Section}:Source is empty; expected a name.");
        Range("Timeout", options.Timeout);
        Range("ConnectTimeout", options.ConnectTimeout);
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);

        void Range(string key, TimeSpan value)
        {
            if (value <= TimeSpan.Zero || value > CoordinatorClientOptions.MaxTimeout)
                mistakes.Add($"{CoordinatorClientOptions.Section}:{key} is {value}; expected more than 0 and at most {CoordinatorClientOptions.MaxTimeout}.");
        }
    }
}
