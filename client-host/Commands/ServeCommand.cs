using System.CommandLine;
using Coordinator.ClientHost.Http;
using Coordinator.Hosting;
using Coordinator.Hosting.Telemetry;
using Coordinator.Jobs;
using Coordinator.Jobs.Catalog;
using Microsoft.Extensions.Options;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>serve</c>: serves HTTP and runs the schedules of the registered jobs.</summary>
internal sealed class ServeCommand(CommandContext context)
    : ClientCommand("serve", "Serve the HTTP interface and keep the jobs' schedules (the default). Settings: --urls, --Coordinator:…", context)
{
    public override IReadOnlyList<string> Examples =>
    [
        "client-host serve",
        "client-host serve --urls http://127.0.0.1:9000 --Coordinator:Silo:GatewayPort=30001",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        await using var app = Build();
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = [.. Context.Settings], ContentRootPath = AppContext.BaseDirectory });
        HostSetup.Configure(builder);
        var settings = builder.Configuration.GetSection(HttpSettings.Section).Get<HttpSettings>() ?? new HttpSettings();
        var mistakes = settings.Mistakes().ToList();
        if (mistakes.Count > 0) throw new OptionsValidationException(HttpSettings.Section, typeof(HttpSettings), mistakes);
        var jobs = new JobCatalog(builder.Configuration, TimeProvider.System);
        builder.WebHost.UseUrls(LoopbackUrls.Read(builder.Configuration, "http://127.0.0.1:8081"));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes);
        builder.AddCoordinatorClient();
        builder.AddClientTelemetry();
        builder.Services.AddSingleton<IOptions<HttpSettings>>(new OptionsWrapper<HttpSettings>(settings))
            .AddSingleton(new RecentIntents())
            .AddCoordinatorJobs(jobs);
        builder.Services.AddProblemDetails(Problems.Complete).AddExceptionHandler<Problems>().AddOpenApi();
        builder.Services.ConfigureHttpJsonOptions(static json =>
        {
            foreach (var converter in CommandOutput.Json.Converters) json.SerializerOptions.Converters.Add(converter);
            json.SerializerOptions.DefaultIgnoreCondition = CommandOutput.Json.DefaultIgnoreCondition;
        });

        var app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = static context =>
                context.ExceptionHandledBy == Microsoft.AspNetCore.Diagnostics.ExceptionHandledType.ExceptionHandlerService
        }).UseStatusCodePages();
        app.UseEncodedSlashes();
        app.MapOpenApi();
        RowsEndpoint.Map(app);
        JobsEndpoints.Map(app);
        JobRunsEndpoint.Map(app);
        IntentsEndpoint.Map(app);
        HealthEndpoints.Map(app);
        app.MapMetrics();
        return app;
    }
}
