using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Logging.Console;

namespace Coordinator.ClientHost;

/// <summary>What all hosts of this program have in common.</summary>
internal static class HostSetup
{
    public static void Configure(IHostApplicationBuilder builder)
    {
        // The program's own appsettings.json comes first, then the working folder's; environment and command line stand above both.
        var sources = builder.Configuration.Sources;
        var own = sources.Select((source, index) => (source, index)).LastOrDefault(static s => s.source is JsonConfigurationSource);
        var here = new JsonConfigurationSource { Path = Path.Combine(Directory.GetCurrentDirectory(), "appsettings.json"), Optional = true };
        here.ResolveFileProvider();
        if (own.source is not null && Directory.GetCurrentDirectory() != builder.Environment.ContentRootPath.TrimEnd(Path.DirectorySeparatorChar)) sources.Insert(own.index + 1, here);

        // A host that does not start reports why by its exit code and one line; the logger would add a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // Standard output belongs to answers.
        builder.Services.Configure<ConsoleLoggerOptions>(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
