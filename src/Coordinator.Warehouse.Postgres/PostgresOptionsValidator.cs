using Coordinator.Settings;
using Npgsql;

namespace Coordinator.Warehouse.Postgres;

/// <summary>The rules of PostgreSQL's settings. The connection string holds the password and is in no message.</summary>
public sealed class PostgresOptionsValidator() : SettingsValidator<PostgresWarehouseOptions>(PostgresWarehouseOptions.Section)
{
    private const string ConnectionKey = "Coordinator:Warehouse:ConnectionString";
    private const string Example = "expected such as Host=localhost;Database=warehouse;Username=coordinator";

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override void Check(PostgresWarehouseOptions options, SettingRules rules)
    {
        if (ConnectionMistake(options.ConnectionString) is { } mistake) rules.Add(ConnectionKey, mistake);
        rules.Text(options.ApplicationName, 200, "coordinator/silo-1");
        rules.Range(options.MaxPoolSize, 1, 1000);
        rules.Range(options.CommandTimeout, Second, Day);
        rules.Range(options.FenceTimeout, Millisecond, Day);
        var isShorter = options.FenceTimeout < options.CommandTimeout;
        rules.Require(isShorter, options.FenceTimeout, $"less than CommandTimeout ({options.CommandTimeout}), which would end the wait first");
        rules.Range(options.IdleTimeout, Millisecond, Day);
        rules.Range(options.FrozenAfter, Second, Day);
        rules.Defined(options.InsertIsolation);
    }

    private static string? ConnectionMistake(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is null ? $"names no Host; {Example}" : null;
        }
        catch (ArgumentException)
        {
            return $"cannot be read; {Example}";
        }
    }
}
