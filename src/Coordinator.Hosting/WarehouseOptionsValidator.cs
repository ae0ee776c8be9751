using Coordinator.Settings;

namespace Coordinator.Hosting;

/// <summary>The rules of the choice of a warehouse; each warehouse checks its own connection string.</summary>
internal sealed class WarehouseOptionsValidator() : SettingsValidator<WarehouseOptions>(WarehouseOptions.Section)
{
    protected override void Check(WarehouseOptions options, SettingRules rules) => rules.Defined(options.Provider);
}
