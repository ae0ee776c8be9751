using System.CommandLine;
using System.Text.Json;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Cycle;

/// <summary>The cycle workload as a command.</summary>
internal static class CycleCommand
{
    private const string Postgres = "postgres";

    private static readonly Dictionary<string, WarehouseKind> Warehouses = new(StringComparer.Ordinal)
    {
        [Postgres] = WarehouseKind.Postgres,
        ["redshift-serializable"] = WarehouseKind.RedshiftSerializable,
        ["redshift-snapshot"] = WarehouseKind.RedshiftSnapshot,
    };

    public static Command Create()
    {
        var seconds = Number("--seconds", "How long the workload runs.", 300, 1, 3600);
        var seed = Number("--seed", "Decides all table sets, rows and faults.", 1, 0, 100_000);
        var tables = Number("--tables", "Tables.", 20, 2, CycleSettings.MostTables);
        var inserters = Number("--inserters", "Services that insert into random tables.", 16, 1, 1000);
        var jobs = Number("--jobs", "Jobs that read and write random sets of 1 to 6 tables.", 12, 1, 100);
        var readers = Number("--readers", "Readers that join random pairs, straight in the warehouse.", 4, 0, 100);
        var silos = Number("--silos", "Silos, each a process.", 3, 1, 9);
        var faults = new Option<bool>("--faults")
        {
            Description =
            "Kills or restarts a silo every 30 s. Conflicts are allowed then where transactions overlapped, and each is accounted for."
        };
        var uncoordinated = new Option<bool>(
            "--uncoordinated")
        { Description = "Runs the same straight in the warehouse first, for up to 20 s, to compare." };
        var warehouse = new Option<string>("--warehouse")
        {
            Description = "postgres, or the Redshift simulator: redshift-serializable, redshift-snapshot. There an incremental job runs beside the "
                + "others, and the rows are counted that it missed.",
            DefaultValueFactory = static _ => Postgres,
        };
        warehouse.AcceptOnlyFromAmong([.. Warehouses.Keys]);
        var logs = new Option<string?>("--logs") { Description = "A folder to leave the logs of the silos and the warehouse in." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("cycle", "Inserters, jobs and readers over random table sets, on PostgreSQL at SERIALIZABLE or on what behaves "
            + "like Redshift: counts serialization failures and checks what every job saw.")
        {
            seconds, seed, tables, inserters, jobs, readers, silos, faults, uncoordinated, warehouse, logs, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(faults) && result.GetValue(warehouse) is not (Postgres or null))
                result.AddError("--faults takes --warehouse postgres: the simulator does not tell which of its failures an overlap accounts for.");
        });
        command.SetAction(async (parsed, ct) =>
        {
            var settings = new CycleSettings
            {
                Length = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Seed = parsed.GetValue(seed),
                Tables = parsed.GetValue(tables),
                Inserters = parsed.GetValue(inserters),
                Jobs = parsed.GetValue(jobs),
                Readers = parsed.GetValue(readers),
                Silos = parsed.GetValue(silos),
                Faults = parsed.GetValue(faults),
                Uncoordinated = parsed.GetValue(uncoordinated),
                Warehouse = Warehouses[parsed.GetValue(warehouse)!],
                Logs = parsed.GetValue(logs),
            };
            var report = await new CycleRun(settings, static line => Console.Error.WriteLine(line)).RunAsync(ct);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else foreach (var line in CycleText.Lines(report)) Console.WriteLine(line);
            return report.Problems.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is var value && (value < least || value > most))
                result.AddError(FormattableString.Invariant($"{name} is a number from {least} to {most}, not {value}."));
        });
        return option;
    }
}
