using Coordinator.Settings;

namespace Coordinator.Hosting;

/// <summary>The rules of the choice of a warehouse; each warehouse checks its own connection string.</summary>
internal sealed class WarehouseOptionsValidator() : SettingsValidator<WarehouseOptions>(WarehouseOptions.Section)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected override void Check(WarehouseOptions options, SettingRules rules)
    {
        rules.Defined(options.Provider);
        if (options.PasswordFile.Length > 0) CheckPassword(options, rules);
        rules.Range(
            options.Ledger.Retention, TimeSpan.FromHours(1), 3660 * Day, "an intent that may still be submitted again must be remembered");
        rules.Range(options.Ledger.PruneInterval, TimeSpan.FromMinutes(1), Day);
    }

    private static void CheckPassword(WarehouseOptions options, SettingRules rules)
    {
        rules.Require(File.Exists(options.PasswordFile), options.PasswordFile, "the path of a file that exists");
        rules.Require(options.Provider != WarehouseProvider.DuckDb, options.PasswordFile, "no such key with Provider DuckDb, which has no passwords");
        if (options.ConnectionString.Contains("password=", StringComparison.OrdinalIgnoreCase))
            rules.Mistake(options.PasswordFile, "is given, and the connection string has a Password too; expected one of them");
    }
}
