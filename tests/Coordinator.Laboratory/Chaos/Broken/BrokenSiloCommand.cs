using System.CommandLine;
using Coordinator.Core.Warehouses;
using Coordinator.Hosting;
using Coordinator.Hosting.Telemetry;
using Coordinator.Laboratory.Broken;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Laboratory.Chaos.Broken;

/// <summary>A silo as silo-host runs it, without pages, that breaks one promise. Only the laboratory starts it.</summary>
internal static class BrokenSiloCommand
{
    public const string Name = "broken-silo";

    public static Command Create()
    {
        var kind = new Argument<BreakageKind>("kind") { Description = "What is broken." };
        var command = new Command(Name, "Runs a silo that breaks a promise, by the settings in its environment.") { kind };
        command.SetAction(async (parsed, ct) =>
        {
            await using var app = Build(parsed.GetValue(kind));
            await app.RunToEndAsync(ct);
        });
        return command;
    }

    private static WebApplication Build(BreakageKind kind)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.UseOrleans(silo => silo.AddCoordinator(builder.Configuration));
        builder.AddSiloTelemetry(builder.Configuration["Coordinator:Silo:Name"]!);
        Break(kind, builder);
        var app = builder.Build();
        app.MapMetrics();
        return app;
    }

    private static void Break(BreakageKind kind, WebApplicationBuilder builder)
    {
        switch (kind)
        {
            case BreakageKind.ReceiptBeforeCommit:
                builder.Services.Decorate<IWarehouse, HastyWarehouse>(static (inner, _) => new HastyWarehouse(inner));
                break;
            case BreakageKind.NoLedger:
                builder.Services.Decorate<IWarehouse, ForgetfulWarehouse>(static (inner, _) => new ForgetfulWarehouse(inner));
                break;
            case BreakageKind.NoSchemaCheck:
                builder.Services.Decorate<IWarehouse, BlindWarehouse>(static (inner, _) => new BlindWarehouse(inner));
                break;
            default:
                builder.Logging.AddFilter("Coordinator.Grains.Outages", LogLevel.None);
                break;
        }
    }
}
