using System.CommandLine;
using System.Globalization;
using Coordinator.Client;
using Coordinator.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Laboratory.Soak.Callers;

/// <summary>The callers as a service with the SDK: a process that the soak judges as it judges the others. Only the laboratory starts it.</summary>
internal static class CallersCommand
{
    public const string Name = "soak-callers";

    /// <summary>The path that sets the rate.</summary>
    public const string Rate = "/rate";

    /// <summary>The path of what the callers have done.</summary>
    public const string Progress = "/progress";

    /// <summary>The path that ends the calls and answers when the last one is over.</summary>
    public const string Stop = "/stop";

    public static Command Create()
    {
        var command = new Command(Name, "Runs the callers of a soak, by the settings in its environment.");
        command.SetAction(async (_, ct) =>
        {
            var builder = WebApplication.CreateBuilder();
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.AddCoordinatorClient();
            builder.AddClientTelemetry();
            await using var app = builder.Build();
            var loading = new TaskCompletionSource<CallersLoad>();
            Map(app, loading.Task);
            // Here the client connects.
            await app.StartAsync(ct);
            await using var load = new CallersLoad(
                CallersSettings.Read(app.Configuration), app.Services.GetRequiredService<ICoordinatorClient>(), TimeProvider.System);
            loading.SetResult(load);
            await app.WaitForShutdownAsync(ct);
        });
        return command;
    }

    private static void Map(WebApplication app, Task<CallersLoad> loading)
    {
        app.MapMetrics();
        app.MapGet("/health/ready", async () =>
        {
            await loading;
            return Results.Ok();
        });
        app.MapPut(Rate, async (string value) => (await loading).Pace.Rate = double.Parse(value, CultureInfo.InvariantCulture));
        app.MapGet(Progress, async () => (await loading).Progress);
        app.MapPost(Stop, async () => await (await loading).StopAsync());
    }
}
