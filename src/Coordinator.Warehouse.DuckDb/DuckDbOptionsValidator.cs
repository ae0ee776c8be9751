using Coordinator.Settings;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>The rules of the embedded warehouse's settings.</summary>
public sealed class DuckDbOptionsValidator() : SettingsValidator<DuckDbWarehouseOptions>(DuckDbWarehouseOptions.Section)
{
    private const string ConnectionKey = "Coordinator:Warehouse:ConnectionString";
    private const string Example =
        "expected a file's path, :memory: or Data Source=PATH. A server needs Coordinator:Warehouse:Provider Postgres or Redshift";

    /// <inheritdoc/>
    protected override void Check(DuckDbWarehouseOptions options, SettingRules rules)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString)) rules.Add(ConnectionKey, $"is empty; {Example}");
        else if (!CanRead(options.ConnectionString)) rules.Add(ConnectionKey, $"cannot be read by DuckDB; {Example}");
        rules.Range(options.MaxConnections, 1, 1024);
        // A reader, such as an audit, does not run it.
        var isScript = options.IsReadOnly || options.SetupScript.Length == 0 || File.Exists(options.SetupScript);
        rules.Require(isScript, options.SetupScript, "the path of a file that exists");
    }

    private static bool CanRead(string connectionString)
    {
        try
        {
            return new DuckDbDatabase(connectionString, isReadOnly: false).Source.Length > 0;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or IOException)
        {
            return false;
        }
    }
}
