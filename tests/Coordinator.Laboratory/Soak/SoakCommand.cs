using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordinator.Laboratory.Soak;

/// <summary>A soak as a command.</summary>
internal static class SoakCommand
{
    private const double Percent = 100;

    // Two that inserts write, and the one that updates write.
    private const int FewestTables = 3;

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long the load lasts.", DefaultValueFactory = _ => 30 };
        var cpu = new Option<double>("--cpu")
        {
            Description = "How many per cent of the machine's processor time the processes take; the load is paced so.",
            DefaultValueFactory = _ => 40,
        };
        var tables = new Option<int>("--tables") { Description = "How many tables are written all the time.", DefaultValueFactory = _ => 8 };
        tables.Validators.Add(result =>
        {
            if (result.GetValue(tables) < FewestTables) result.AddError($"--tables must be {FewestTables} or more.");
        });
        var logs = new Option<string>("--logs") { Description = "A folder for logs, calls and samples." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("soak", "Keeps silos, client-host and callers under a steady load with everyday events, samples memory, handles "
            + "and connections of every process, and says whether anything grows and whether every acknowledged row is there.")
        {
            minutes, cpu, tables, logs, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var settings = new SoakSettings(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(cpu) / Percent, parsed.GetValue(tables),
                parsed.GetValue(logs));
            var report = await new SoakRun(settings, static line =>
                Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {line}")).RunAsync(ct);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, Json));
            else foreach (var line in report.Lines()) Console.WriteLine(line);
            return report is { IsFlat: true, IsCorrect: true } ? 0 : 1;
        });
        return command;
    }
}
