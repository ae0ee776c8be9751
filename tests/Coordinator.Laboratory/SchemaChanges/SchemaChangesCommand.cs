using System.CommandLine;
using System.Text.Json;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>The command for the matrix of schema changes.</summary>
internal static class SchemaChangesCommand
{
    private static readonly string[] Warehouses = ["postgres", "duckdb", "redshift-serializable", "redshift-snapshot"];

    public static Command Create()
    {
        var warehouse = new Option<string>(
            "--warehouse")
        { Description = string.Join(", ", Warehouses) + "; all of them by default.", DefaultValueFactory = static _ => "all" };
        warehouse.AcceptOnlyFromAmong(["all", .. Warehouses]);
        var most = new Option<int>("--cases")
        {
            Description = "How many changes, chosen by the seed; 0 for all.",
            DefaultValueFactory = static _ => 0
        };
        var seed = new Option<int>("--seed") { Description = "Chooses the changes.", DefaultValueFactory = static _ => 1 };
        var within = new Option<int>("--answer-within")
        {
            Description = "Seconds within which every row must be answered.",
            DefaultValueFactory = static _ => 10
        };
        var blind = new Option<bool>("--blind")
        {
            Description = "Leaves out the check of the table's columns on purpose: then there must be "
                + "problems, and the exit code says whether they were noticed."
        };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("ddl", "Changes tables under the coordinator: every pair of column types × altered, dropped and added, swapped, "
            + "made again × by a stranger or an own update × between rows or amid them. Every value is read back.")
        {
            warehouse, most, seed, within, blind, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var reports = new List<SchemaChangeReport>();
            foreach (var name in parsed.GetValue(warehouse) == "all" ? Warehouses : [parsed.GetValue(warehouse)!])
            {
                var run = new SchemaChangeRun(
                    name, parsed.GetValue(seed), parsed.GetValue(most), parsed.GetValue(blind), TimeSpan.FromSeconds(parsed.GetValue(within)), line =>
                        Console.Error.WriteLine($"{name}: {line}"));
                reports.Add(await run.RunAsync(ct));
                if (!parsed.GetValue(json)) foreach (var line in reports[^1].Lines()) Console.WriteLine(line);
            }

            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { reports }, JsonSerializerOptions.Web));
            return reports.All(r => r.Problems.Count > 0 == parsed.GetValue(blind)) ? 0 : 1;
        });
        return command;
    }
}
