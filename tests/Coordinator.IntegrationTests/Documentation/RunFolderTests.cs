using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Documentation;

/// <summary><c>dotnet run --project silo-host</c> stays in the folder where it is called, as the pages assume: relative paths on the command line,
/// and the data of the embedded warehouse, are there. The SDK for web projects would move it to the project's folder.</summary>
public sealed class RunFolderTests
{
    [Theory]
    [InlineData("silo-host")]
    [InlineData("client-host")]
    public async Task A_host_runs_in_the_callers_folder(string host)
    {
        var project = Path.Combine(HostProgram.Root().FullName, host, host + ".csproj");
        var folder = await ChildProcess.RunAsync(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["msbuild", project, "-getProperty:RunWorkingDirectory"]);
        Assert.Equal("", folder.Trim());
    }
}
