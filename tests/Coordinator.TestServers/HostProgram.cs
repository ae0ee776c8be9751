namespace Coordinator.TestServers;

/// <summary>silo-host and client-host, as built with the running program.</summary>
public static class HostProgram
{
    /// <summary>Starts a host in a separate process.</summary>
    /// <param name="name">silo-host or client-host.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="settings">Configuration by its keys, such as <c>Coordinator:Silo:Name</c>.</param>
    /// <param name="workingDirectory">The folder for its files.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="launcher">The start of the command line, such as <c>ip netns exec NAME</c>.</param>
    public static ChildProcess Start(
        string name,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>> settings,
        string? workingDirectory,
        string? input = null,
        IReadOnlyList<string>? launcher = null) =>
        StartAssembly(Find(name), arguments, settings, workingDirectory, input, launcher);

    /// <summary>Starts another program that takes a host's settings.</summary>
    /// <inheritdoc cref="Start"/>
    public static ChildProcess StartAssembly(
        string assembly,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>> settings,
        string? workingDirectory,
        string? input = null,
        IReadOnlyList<string>? launcher = null)
    {
        var environment = settings
            .Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value))
            .Append(new("ASPNETCORE_CONTENTROOT", Path.GetDirectoryName(assembly)));
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command = [.. launcher ?? [], dotnet, assembly, .. arguments];
        return ChildProcess.Start(command[0], command[1..], environment, workingDirectory, input: input);
    }

    /// <summary>Returns when the host reports that it is ready.</summary>
    public static Task WaitUntilReadyAsync(ChildProcess process, HttpClient http, CancellationToken ct) =>
        process.WaitUntilAsync($"{http.BaseAddress}health/ready answers 200", token => IsReadyAsync(http, token), TimeSpan.FromMinutes(2), ct);

    /// <summary>The root of the repository that contains the running program.</summary>
    public static DirectoryInfo Root()
    {
        var root = Output();
        while (!File.Exists(Path.Combine(root.FullName, "Coordinator.sln")))
            root = root.Parent ?? throw new DirectoryNotFoundException(
                $"No Coordinator.sln above {Output().FullName}: run the tests from the repository's build output.");
        return root;
    }

    private static DirectoryInfo Output() => new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken ct)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("health/ready", UriKind.Relative), ct);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // The program runs from tests/X/bin/Release/net10.0; the host is in HOST/bin/Release/net10.0, with its own settings and dependencies.
    private static string Find(string name)
    {
        var output = Output();
        var path = Path.Combine(Root().FullName, name, "bin", output.Parent!.Name, output.Name, name + ".dll");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is not there: build it with dotnet build {name} --configuration {output.Parent.Name}.");
    }
}
