using Coordinator.Settings;

namespace Coordinator.Hosting;

/// <summary>The rules of the choice of a warehouse; each warehouse checks its own connection string.</summary>
internal sealed class WarehouseOptionsValidator() : SettingsValidator<WarehouseOptions>(WarehouseOptions.Section)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected override void Check(WarehouseOptions options, SettingRules rules)
    {
        rules.Defined(options.Provider);
        rules.Range(
            options.Ledger.Retention, TimeSpan.FromHours(1), 3660 * Day, "an intent that may still be submitted again must be remembered");
        rules.Range(options.Ledger.PruneInterval, TimeSpan.FromMinutes(1), Day);
    }
}
