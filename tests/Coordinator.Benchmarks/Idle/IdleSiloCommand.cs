using System.CommandLine;
using Coordinator.SiloHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Coordinator.Benchmarks.Idle;

/// <summary>The hidden verb that <see cref="IdleCommand"/> runs in a separate process: silo-host as it is, with one more endpoint that collects
/// garbage and tells the bytes in use. Settings are environment variables.</summary>
internal static class IdleSiloCommand
{
    public const string Name = "idle-silo";
    public const string BytesPath = "benchmark/bytes";

    public static Command Create()
    {
        var command = new Command(Name, "Runs the silo.") { Hidden = true };
        command.SetAction(async (_, ct) =>
        {
            await using var app = SiloApp.Build(["--applicationName", "silo-host"]);
            app.MapGet("/" + BytesPath, static () => GC.GetTotalMemory(forceFullCollection: true));
            await app.StartAsync(ct);
            await app.WaitForShutdownAsync(ct);
        });
        return command;
    }
}
