using Coordinator.Doctor.Checking;
using Coordinator.Doctor.Cluster;
using Coordinator.Doctor.Embedded;
using Coordinator.Doctor.Locks;
using Coordinator.Doctor.Sql;
using Coordinator.Doctor.Staging;
using Coordinator.Hosting;
using Coordinator.Hosting.Telemetry;
using Coordinator.Hosting.Web;
using Coordinator.Settings;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Doctor;

/// <summary>Examines everything that a silo with these settings would use, and changes nothing.</summary>
public sealed class DoctorRun(IConfiguration configuration, DoctorOptions options, TimeProvider time)
{
    private const string Settings = "settings";
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Runs all checks, one after the other.</summary>
    /// <param name="view">Shows them while they run.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<DoctorReport> RunAsync(IDoctorView view, CancellationToken cancellationToken)
    {
        var reader = new SettingsReader(configuration);
        var settings = SiloSettings.Read(reader);
        var urls = LoopbackUrls.Read(reader, DefaultUrl);
        reader.CheckTelemetry();
        await using var sql = settings.Warehouse.Provider == WarehouseProvider.DuckDb ? null : SqlWarehouse.Of(settings);
        using var file = new FileChecks(settings.DuckDb, options.Tables);
        using var staging = new StagingChecks(settings.Redshift.Staging);

        var checks = new[] { new Check(Settings, _ => Task.FromResult(Judge(reader, settings, urls))) }
            .Concat(Warehouse())
            .Concat(IsStaged(settings) ? staging.All() : [])
            .Concat(new LockChecks(settings.Locking, settings.Clustering, time).All())
            .Concat(new ClusterChecks(settings.Clustering, time).All());
        return new DoctorReport(await new CheckRunner(view, options.Limit, time).RunAsync(checks, cancellationToken));

        IEnumerable<Check> Warehouse()
        {
            if (settings.Warehouse.Provider == WarehouseProvider.DuckDb) return file.All();
            if (sql is not null) return new WarehouseChecks(sql, options.Tables, IsStaged(settings), time).All();
            return [new Check(WarehouseChecks.Host, static _ => Task.FromResult(Finding.Ok(""))) { Needs = [Settings] }];
        }
    }

    private static bool IsStaged(SiloSettings settings) =>
        settings.Warehouse.Provider == WarehouseProvider.Redshift && settings.Redshift.Staging.Bucket.Length > 0;

    private static Finding Judge(SettingsReader reader, SiloSettings settings, IReadOnlyList<string> urls) => reader.Mistakes.Count == 0
        ? Finding.Ok(SiloSummary.Of(settings, urls).ToString())
        : Finding.Failed(
            string.Join(" ", reader.Mistakes),
            "Mend these keys in the settings file, the environment or the command line; docs/settings.md lists all.");
}
