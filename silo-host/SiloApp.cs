using Coordinator.Dashboard;
using Coordinator.Hosting;
using Coordinator.Hosting.Telemetry;
using Coordinator.SiloHost.Endpoints;
using Orleans.Dashboard;

namespace Coordinator.SiloHost;

/// <summary>The composition of silo-host: one line for each capability.</summary>
internal static class SiloApp
{
    /// <summary>Builds the application.</summary>
    /// <param name="args">The command line, which holds settings.</param>
    public static WebApplication Build(string[] args)
    {
        // The settings file is beside the program, regardless of the working directory.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(LoopbackUrls.Read(builder.Configuration, "http://127.0.0.1:8080"));

        builder.UseOrleans(silo => silo
            .AddCoordinator(builder.Configuration)
            .AddDashboard());
        builder.AddContentionPage();
        builder.Services.AddHealthChecks().AddCheck<WarehouseHealthCheck>("warehouse", tags: [HealthEndpoints.Ready]);
        builder.AddSiloTelemetry();

        var app = builder.Build();

        app.MapContentionPage();
        app.MapContention();
        app.MapHealth();
        app.MapMetrics();
        app.MapOrleansDashboard("/orleans");
        return app;
    }
}
