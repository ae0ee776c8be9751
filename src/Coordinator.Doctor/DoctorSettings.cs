using Coordinator.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Hosting;

namespace Coordinator.Doctor;

/// <summary>Reads configuration as the hosts do.</summary>
public static class DoctorSettings
{
    /// <summary>The configuration that a silo would have with these arguments, this environment and this file.</summary>
    /// <param name="arguments">The settings on the command line.</param>
    /// <param name="file">A settings file, such as the silo's appsettings.json; null for those beside this program and in the working folder
    /// alone. Environment and command line override it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A settings file is no JSON.</exception>
    public static IConfiguration Read(IReadOnlyList<string> arguments, string? file)
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = [.. arguments], ContentRootPath = AppContext.BaseDirectory });
        HostSetup.Configure(builder);
        if (file is null) return builder.Configuration;
        var source = new JsonConfigurationSource { Path = Path.GetFullPath(file), Optional = false };
        source.ResolveFileProvider();
        if (!File.Exists(file)) throw new FileNotFoundException($"There is no settings file {file}.", file);
        var sources = builder.Configuration.Sources;
        var last = sources.Select(static (each, index) => (each, index)).Last(static each => each.each is JsonConfigurationSource).index;
        sources.Insert(last + 1, source);
        return builder.Configuration;
    }
}
