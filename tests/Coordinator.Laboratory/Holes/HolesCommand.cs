using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordinator.Laboratory.Holes;

/// <summary>Black holes as a command.</summary>
internal static class HolesCommand
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static Command Create()
    {
        var holes = new Option<HoleKind[]>("--hole")
        {
            Description = "Where packets are dropped; one after another unless named.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => Enum.GetValues<HoleKind>()
        };
        var seconds = new Option<int>("--seconds") { Description = "For how long.", DefaultValueFactory = _ => 60 };
        var json = new Option<bool>("--json") { Description = "One JSON object a hole on standard output." };
        var command = new Command("holes", "Drops packets between two silos and their clients or their warehouse, without a word to either end, and "
            + "measures how soon every table is written again. Needs root.")
        {
            holes, seconds, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var reports = new List<HoleReport>();
            foreach (var hole in parsed.GetValue(holes)!)
            {
                var length = TimeSpan.FromSeconds(parsed.GetValue(seconds));
                var report = await new HoleRun(hole, length, static line => Console.Error.WriteLine(line)).RunAsync(ct);
                reports.Add(report);
                if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, Json));
                else foreach (var line in report.Lines()) Console.WriteLine(line);
            }

            return reports.TrueForAll(static r => r.Problems.Count == 0) ? 0 : 1;
        });
        return command;
    }
}
