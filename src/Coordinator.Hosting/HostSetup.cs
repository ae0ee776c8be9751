using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Coordinator.Hosting;

/// <summary>The setup that all hosts of this program share.</summary>
public static class HostSetup
{
    /// <summary>Sets the order of the settings and what is logged where.</summary>
    public static void Configure(IHostApplicationBuilder builder)
    {
        // The program's own appsettings.json comes first, then the one in the working directory. Environment and command line override both.
        var sources = builder.Configuration.Sources;
        var own = sources.Select((source, index) => (source, index)).LastOrDefault(static s => s.source is JsonConfigurationSource);
        var here = new JsonConfigurationSource { Path = Path.Combine(Directory.GetCurrentDirectory(), "appsettings.json"), Optional = true };
        here.ResolveFileProvider();
        if (own.source is not null && Directory.GetCurrentDirectory() != builder.Environment.ContentRootPath.TrimEnd(Path.DirectorySeparatorChar))
            sources.Insert(own.index + 1, here);

        // A host that fails to start reports the reason in one line and its exit code. The logger would add a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddFilter("Orleans.Runtime.Messaging.ConnectionManager", LogLevel.Error);

        // Standard output is reserved for answers.
        builder.Services.Configure<ConsoleLoggerOptions>(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
