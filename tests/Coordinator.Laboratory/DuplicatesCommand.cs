using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coordinator.Laboratory.Cluster;
using Coordinator.Laboratory.Faults;
using Coordinator.Laboratory.Reports;

namespace Coordinator.Laboratory;

/// <summary>The duplicate laboratory as a command.</summary>
internal static class DuplicatesCommand
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static Command Create()
    {
        var names = FaultCatalog.All.Select(static f => f.Name).ToArray();
        var faults = new Option<string[]>("--fault")
        {
            Description = "Which faults; all unless named.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => names
        };
        faults.AcceptOnlyFromAmong(names);
        var locks = new Option<LockMode[]>("--lock")
        {
            Description = "Which locks: off, proceed, wait.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [LockMode.Off, LockMode.Proceed]
        };
        var runs = new Option<int>("--runs") { Description = "How often each fault strikes under each lock.", DefaultValueFactory = _ => 20 };
        var seed = new Option<int>("--seed") { Description = "Decides which silo is struck.", DefaultValueFactory = _ => 1 };
        var ttl = new Option<int>("--ttl") { Description = "The life of a lock in seconds, at least 10.", DefaultValueFactory = _ => 10 };
        var directory = new Option<string>(
            "--directory")
        { Description = "Orleans' grain directory: Local or Distributed.", DefaultValueFactory = _ => "Local" };
        var json = new Option<bool>("--json") { Description = "One JSON object a fault on standard output." };
        var command = new Command("duplicates", "Strikes three silos under load with faults and counts duplicate activations, overlapping "
            + "transactions, lost and doubled intents. Needs root.")
        {
            faults, locks, runs, seed, ttl, directory, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var results = new List<FaultResult>();
            foreach (var fault in FaultCatalog.All.Where(f => parsed.GetValue(faults)!.Contains(f.Name)))
            {
                foreach (var mode in parsed.GetValue(locks)!)
                {
                    var settings = new LabSettings
                    {
                        Lock = mode,
                        Ttl = TimeSpan.FromSeconds(parsed.GetValue(ttl)),
                        Directory = parsed.GetValue(directory)!
                    };
                    var result = await Experiment.RunAsync(fault, settings, parsed.GetValue(runs), parsed.GetValue(seed), static line =>
                        Console.Error.WriteLine(line), ct);
                    results.Add(result);
                    if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(result, Json));
                }
            }

            if (!parsed.GetValue(json)) foreach (var line in ReportTable.Lines(results)) Console.WriteLine(line);
            return results.TrueForAll(static r => r.Rows is { Lost: 0, Doubled: 0 } && r.Failures.Count == 0) ? 0 : 1;
        });
        return command;
    }
}
