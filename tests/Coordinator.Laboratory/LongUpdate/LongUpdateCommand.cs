using System.CommandLine;
using System.Text.Json;

namespace Coordinator.Laboratory.LongUpdate;

/// <summary>A command that runs a long update during the restart of a silo.</summary>
internal static class LongUpdateCommand
{
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long the update's SQL runs.", DefaultValueFactory = _ => 120 };
        var kill = new Option<bool>("--kill") { Description = "Ends the unrelated silo without warning instead of gracefully." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("long-update",
            "Runs one long update while a silo that has nothing to do with it is restarted: it must commit once, and its SQL must run once.")
        {
            seconds, kill, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var report = await new LongUpdateRun(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(kill), static line =>
                Console.Error.WriteLine(line)).RunAsync(ct);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else foreach (var line in report.Lines()) Console.WriteLine(line);
            return report.Problems.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
