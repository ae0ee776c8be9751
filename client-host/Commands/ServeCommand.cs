using System.CommandLine;
using Coordinator.Client.Submitting;
using Coordinator.ClientHost.Http;
using Coordinator.ClientHost.Settings;
using Coordinator.Hosting;
using Coordinator.Hosting.Telemetry;
using Coordinator.Hosting.Web;
using Coordinator.Jobs;
using Coordinator.Settings;
using Microsoft.Extensions.Options;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>serve</c>: serves HTTP and runs the schedules of the registered jobs.</summary>
internal sealed class ServeCommand : ClientCommand
{
    private readonly Option<bool> _check = new("--check")
    {
        Description = "Check all settings and print what they lead to; start nothing. Exit code 0, or 1 if there are mistakes.",
    };

    public ServeCommand(CommandContext context)
        : base("serve", "Serve the HTTP interface and keep the jobs' schedules (the default). Settings: --urls, --Coordinator:…", context) =>
        Options.Add(_check);

    public override IReadOnlyList<string> Examples =>
    [
        "client-host serve",
        "client-host serve --check --json",
        "client-host serve --urls http://127.0.0.1:9000 --Coordinator:Silo:GatewayPort=30001",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var builder = CreateBuilder();
        var reader = new SettingsReader(builder.Configuration);
        var settings = ServeSettings.Read(reader);
        if (arguments.GetValue(_check)) return Check(reader.Mistakes, settings, output);
        reader.ThrowIfWrong();
        await using var app = Build(builder, settings);
        app.Services.GetRequiredService<ILogger<ServeCommand>>().LogStart(settings.Summary);
        await app.RunToEndAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static ExitCode Check(IReadOnlyList<string> mistakes, ServeSettings settings, CommandOutput output)
    {
        var isRight = mistakes.Count == 0;
        foreach (var mistake in mistakes) output.ErrorLine(mistake);
        output.Answer(new { ok = isRight, chosen = isRight ? settings.Summary : null, mistakes }, isRight ? [settings.Summary.ToString()] : []);
        return isRight ? ExitCode.Done : ExitCode.Rejected;
    }

    private WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = [.. Context.Settings], ContentRootPath = AppContext.BaseDirectory });
        HostSetup.Configure(builder);
        return builder;
    }

    private static WebApplication Build(WebApplicationBuilder builder, ServeSettings settings)
    {
        builder.WebHost.UseUrls([.. settings.Urls]);
        builder.AddBrowserGuard(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = settings.Http.MaxBodyBytes);
        builder.AddCoordinatorClient();
        builder.AddClientTelemetry();
        builder.Services.AddSingleton<IOptions<HttpSettings>>(new OptionsWrapper<HttpSettings>(settings.Http))
            .AddSingleton(new RecentIntents())
            .AddSingleton(new BodyBudget(settings.Http))
            .AddSingleton(new TableIds())
            .AddCoordinatorJobs(settings.Jobs);
        builder.Services.AddProblemDetails(Problems.Complete).AddExceptionHandler<Problems>()
            .AddOpenApi(static api => api.AddDocumentTransformer(static (doc, _, _) => Task.FromResult(doc.Servers = [new() { Url = "/" }])));
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
        app.UseTimelyEnd();
        app.UseBrowserGuard();
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
