using System.CommandLine;
using System.Text.Json;

namespace Coordinator.Benchmarks.Ingest;

/// <summary>The hidden verb that <see cref="IngestCommand"/> runs in a separate process: one phase, with its result as JSON on standard
/// output.</summary>
internal static class LoadCommand
{
    public const string Name = "load";

    public static Command Create()
    {
        var phase = new Option<Phase>("--phase") { Required = true };
        var seconds = new Option<int>("--seconds") { Required = true };
        var warehouse = new Option<string>("--warehouse") { Required = true };
        var gatewayPort = new Option<int>("--gateway-port") { Required = true };
        var command = new Command(Name, "Runs one phase.") { phase, seconds, warehouse, gatewayPort };
        command.Hidden = true;
        command.SetAction(async (parsed, ct) =>
        {
            var duration = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            var result = await (parsed.GetValue(phase) switch
            {
                Phase.PlainTransactions => PlainWrites.TransactionsAsync(parsed.GetRequiredValue(warehouse), duration, ct),
                Phase.PlainCopy => PlainWrites.CopyAsync(parsed.GetRequiredValue(warehouse), duration, ct),
                var coordinated => CoordinatedWrites.RunAsync(coordinated, parsed.GetValue(gatewayPort), duration, ct),
            });
            Console.WriteLine(JsonSerializer.Serialize(result));
            return 0;
        });
        return command;
    }
}
