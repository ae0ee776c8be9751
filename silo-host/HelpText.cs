using Coordinator.Hosting;
using Coordinator.Settings;

namespace Coordinator.SiloHost;

/// <summary><c>silo-host --help</c>. The list of settings comes from the options classes.</summary>
internal static class HelpText
{
    private const string Usage = """
        silo-host: writes to one warehouse, one writer a table.

        Usage:
          silo-host [--KEY=VALUE ...]                    run the silo until it is stopped
          silo-host --check [--json] [--KEY=VALUE ...]   check all settings and print what they lead to; start nothing
          silo-host --help

        Examples:
          silo-host
          silo-host --Coordinator:Warehouse:Provider=Postgres --Coordinator:Warehouse:ConnectionString="Host=db;Database=sales;Username=coordinator"
          silo-host --check --Coordinator:Locking:Memcached:Servers=cache1:11211,cache2:11211
          Coordinator__Silo__GatewayPort=30001 silo-host --urls=http://127.0.0.1:8090

        Exit codes: 0 done; 1 --check found mistakes; 2 the command line or a setting is wrong, or a port is taken

        Settings come from appsettings.json beside the program, from the environment (Coordinator__Silo__Name) and from the command line;
        the last one counts. The pages and endpoints are served at urls (http://127.0.0.1:8080). The README and docs/ say what each setting does.
        All keys, with their defaults:
        """;

    public static string Text()
    {
        var reader = new SettingsReader(new ConfigurationBuilder().Build());
        SiloSettings.Read(reader);
        return string.Join(Environment.NewLine, reader.Known.Select(static setting => $"  {setting.Key} = {Value(setting)}").Prepend(Usage));
    }

    private static string Value(KnownSetting setting) => setting.Default is null or "" ? "(none)" : $"{setting.Default}";
}
