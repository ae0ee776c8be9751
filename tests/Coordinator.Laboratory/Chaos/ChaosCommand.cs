using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coordinator.Laboratory.Chaos.Broken;
using Coordinator.Laboratory.Chaos.Faults;

namespace Coordinator.Laboratory.Chaos;

/// <summary>The chaos laboratory as a command.</summary>
internal static class ChaosCommand
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static Command Create()
    {
        var names = ChaosCatalog.All.Select(static f => f.Name).ToArray();
        var usual = ChaosCatalog.All.Where(static f => !f.IsOptional).Select(static f => f.Name).ToArray();
        var seconds = new Option<int>("--seconds") { Description = "How long faults strike in a run.", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed")
        {
            Description = "Decides which faults strike when. Further runs count up.",
            DefaultValueFactory = _ => 1,
        };
        var runs = new Option<int>("--runs") { Description = "How many runs, each in a new cluster.", DefaultValueFactory = _ => 1 };
        var faults = new Option<string[]>("--fault")
        {
            Description = "Which faults; all but set-clock unless named.",
            AllowMultipleArgumentsPerToken = true,
        };
        faults.AcceptOnlyFromAmong(names);
        var atLeast = new Option<int>("--at-least") { Description = "How many seconds every fault lasts at least." };
        var broken = new Option<string>("--broken") { Description = "What is wrong with the silos on purpose. The run must find it." };
        broken.AcceptOnlyFromAmong([.. Breakages.All.Select(static b => b.Name)]);
        var logs = new Option<string>("--logs") { Description = "A folder for logs and calls of runs with findings." };
        var json = new Option<bool>("--json") { Description = "One JSON object a run on standard output." };
        var command = new Command("chaos", "Strikes silos, client-host, PostgreSQL, memcached, tables and callers with several faults at a time, and "
            + "compares what callers heard with what tables and ledgers have. Needs root.")
        {
            seconds, seed, runs, faults, atLeast, broken, logs, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var breakage = Breakages.All.FirstOrDefault(b => b.Name == parsed.GetValue(broken));
            var chosen = parsed.GetValue(faults) is { Length: > 0 } some ? some : breakage?.Faults ?? usual;
            var isJson = parsed.GetValue(json);
            var found = false;
            if (!isJson) foreach (var line in ChaosReport.Header) Console.WriteLine(line);
            for (var i = 0; i < parsed.GetValue(runs); i++)
            {
                var settings = new ChaosSettings(parsed.GetValue(seed) + i, TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                    [.. ChaosCatalog.All.Where(f => chosen.Contains(f.Name))], breakage?.Kind, parsed.GetValue(logs))
                {
                    AtLeast = parsed.GetValue(atLeast) is > 0 and var least ? TimeSpan.FromSeconds(least) : breakage?.AtLeast ?? TimeSpan.Zero,
                };
                Report($"run {i + 1} of {parsed.GetValue(runs)}, seed {settings.Seed}, schedule:");
                foreach (var plan in settings.Schedule) Report($"  {plan}");
                var report = await new ChaosRun(settings, Report, ct).RunAsync();
                found |= report.Findings.Count > 0;
                Console.WriteLine(isJson ? JsonSerializer.Serialize(report, Json) : report.Line);
                if (report.Findings.Count > 0) foreach (var line in report.Details()) Report(line);
            }

            return found ? 1 : 0;
        });
        return command;
    }

    private static void Report(string line) => Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.f} {line}");
}
