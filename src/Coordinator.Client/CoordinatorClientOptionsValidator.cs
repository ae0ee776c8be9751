using Coordinator.Settings;

namespace Coordinator.Client;

/// <summary>The rules of the client's settings.</summary>
internal sealed class CoordinatorClientOptionsValidator() : SettingsValidator<CoordinatorClientOptions>(CoordinatorClientOptions.Section)
{
    private const int MaxSourceLength = 1000;

    protected override void Check(CoordinatorClientOptions options, SettingRules rules)
    {
        rules.Text(options.Source, MaxSourceLength, "the name of the service that writes");
        rules.Positive(options.Timeout, CoordinatorClientOptions.MaxTimeout);
        rules.Positive(options.ConnectTimeout, CoordinatorClientOptions.MaxTimeout);
    }
}
