using Coordinator.Rows;
using Coordinator.Settings;

namespace Coordinator.ClientHost.Settings;

/// <summary>The rules of the HTTP interface's settings.</summary>
internal sealed class HttpSettingsValidator() : SettingsValidator<HttpSettings>(HttpSettings.Section)
{
    private const long OneTebibyte = 1L << 40;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected override void Check(HttpSettings options, SettingRules rules)
    {
        rules.Range(options.MaxBodyBytes, 1, RowBlock.MaxBytes);
        rules.Range(options.MaxBytesInFlight, 1, OneTebibyte);
        rules.Positive(options.RowsTimeout, Day);
        rules.Positive(options.JobsTimeout, Day);
    }
}
