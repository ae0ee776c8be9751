using Coordinator.Settings;
using Npgsql;

namespace Coordinator.Hosting;

/// <summary>The rules of the choice of a warehouse; each warehouse checks its own connection string.</summary>
internal sealed class WarehouseOptionsValidator() : SettingsValidator<WarehouseOptions>(WarehouseOptions.Section)
{
    private const int MaxIdLength = 150;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected override void Check(WarehouseOptions options, SettingRules rules)
    {
        rules.Defined(options.Provider);
        if (options.PasswordFile.Length > 0) CheckPassword(options, rules);
        if (options.Id.Length > 0) rules.Require(options.Id.Trim().Length is > 0 and <= MaxIdLength, options.Id, $"1 to {MaxIdLength} characters");
        rules.Range(
            options.Ledger.Retention, TimeSpan.FromHours(1), 3660 * Day, "an intent that may still be submitted again must be remembered");
        rules.Range(options.Ledger.PruneInterval, TimeSpan.FromMinutes(1), Day);
    }

    private static void CheckPassword(WarehouseOptions options, SettingRules rules)
    {
        rules.Require(options.Provider != WarehouseProvider.DuckDb, options.PasswordFile, "no such key with Provider DuckDb, which has no passwords");
        rules.Require(IsPassword(options.PasswordFile), options.PasswordFile, "the path of a file that holds a password and can be read");
        if (HasPassword(options.ConnectionString))
            rules.Mistake(options.PasswordFile, "is given, and the connection string has a Password or Passfile too; expected one of them");
    }

    private static bool IsPassword(string path)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool HasPassword(string connectionString)
    {
        try
        {
            var given = new NpgsqlConnectionStringBuilder(connectionString);
            return given.Password is not null || given.Passfile is not null;
        }
        catch (ArgumentException)
        {
            // The warehouse's own rules name it.
            return false;
        }
    }
}
