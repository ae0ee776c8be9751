using Coordinator.Dashboard;
using Coordinator.Hosting;
using Coordinator.Hosting.Telemetry;
using Coordinator.Hosting.Web;
using Coordinator.Settings;
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
        var builder = CreateBuilder(args);
        // A silo that does not start reports the reason in one line. The logger would add a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        var reader = new SettingsReader(builder.Configuration);
        var settings = HostSettings.Read(reader);
        reader.ThrowIfWrong();
        builder.WebHost.UseUrls([.. settings.Urls]);
        builder.AddBrowserGuard(settings.Urls);

        builder.UseOrleans(silo => silo
            .AddCoordinator(builder.Configuration, settings.Silo)
            .AddDashboard());
        builder.AddContentionPage();
        builder.Services.AddHealthChecks().AddCheck<WarehouseHealthCheck>("warehouse", tags: [HealthEndpoints.Ready]);
        builder.AddSiloTelemetry(settings.Silo.Silo.Name);

        var app = builder.Build();
        app.Logger.LogStart(settings.Summary);

        app.UseBrowserGuard();
        app.MapContentionPage();
        app.MapContention();
        app.MapHealth();
        app.MapMetrics();
        app.MapOrleansDashboard("/orleans");
        return app;
    }

    /// <summary>Settings lie beside the program, regardless of the working directory.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
}
