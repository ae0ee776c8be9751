using System.Globalization;
using System.Text.RegularExpressions;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.IntegrationTests.Documentation;

/// <summary>
/// Runs the blocks of one page in a temporary folder. The commands are the page's. Only places differ: <c>dotnet run --project silo-host</c>
/// starts the silo-host that is built already, in the folder of the page as <c>dotnet run</c> does (<c>RunFolderTests</c>), and the addresses on the
/// page stand for free ports and for the test's servers.
/// </summary>
internal sealed class PageRun : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    // Takes the place of dotnet: "dotnet run --project HOST -- ARGUMENTS" starts HOST as it was built.
    private const string Function = """
        dotnet() { bash "$SHIM" "$@"; }

        """;

    private const string Shim = """
        set -eu
        if [[ "$1 $2" != "run --project" || ( $3 != silo-host && $3 != client-host ) ]]; then
          echo "the test does not know: dotnet $*" >&2
          exit 97
        fi
        host=$3; shift 3
        if [[ ${1-} == -- ]]; then shift; fi
        if [[ $host == silo-host ]]; then export urls=$SILO_URL; else export urls=$CLIENT_URL; fi
        if [[ ${1-} == top && $* != *--url* ]]; then set -- "$@" --url "$SILO_URL"; fi
        if [[ $BLOCK_MODE == Check ]]; then set -- "$@" --check; fi
        if [[ $BLOCK_MODE == Background ]]; then echo $$ >> "$PIDS"; fi
        exec "$DOTNET" "$ROOT/$host/bin/$OUTPUT/$host.dll" "$@"
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coordinator-docs-");
    private readonly Dictionary<string, string?> _environment;
    private readonly Dictionary<string, string> _replacements;
    private readonly List<ChildProcess> _background = [];
    private readonly HttpClient _silo;
    private readonly HttpClient _client;

    private PageRun(string connectionString, string memcached, SiloProcess? silo, string? serviceId)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        _silo = new HttpClient { BaseAddress = silo?.Http.BaseAddress ?? FreeUrl() };
        _client = new HttpClient { BaseAddress = FreeUrl() };
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        _environment = new()
        {
            ["PATH"] = $"{PsqlFolder()}{Environment.GetEnvironmentVariable("PATH")}",
            ["DOTNET"] = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["ROOT"] = HostProgram.Root().FullName,
            ["OUTPUT"] = $"{build.Parent!.Name}/{build.Name}",
            ["SHIM"] = $"{_folder.FullName}/.dotnet",
            ["PIDS"] = $"{_folder.FullName}/.pids",
            ["SILO_URL"] = _silo.BaseAddress!.ToString().TrimEnd('/'),
            ["CLIENT_URL"] = _client.BaseAddress!.ToString().TrimEnd('/'),
            ["Coordinator__Silo__SiloPort"] = Text(FreePort.Next()),
            ["Coordinator__Silo__GatewayPort"] = Text(silo?.GatewayPort ?? FreePort.Next()),
            ["Coordinator__Clustering__ServiceId"] = serviceId,
            ["PGHOST"] = database.Host,
            ["PGPORT"] = Text(database.Port),
            ["PGUSER"] = database.Username,
            ["PGDATABASE"] = database.Database,
        };
        _replacements = new()
        {
            ["127.0.0.1:8080"] = _silo.BaseAddress.Authority,
            ["127.0.0.1:8081"] = _client.BaseAddress.Authority,
            ["Host=localhost;Database=warehouse;Username=etl"] = connectionString,
            ["localhost:11211"] = memcached,
        };
        File.WriteAllText($"{_folder.FullName}/.dotnet", Shim);
    }

    /// <summary>For a page whose commands expect a silo that runs already.</summary>
    public static PageRun WithSilo(Deployment deployment) =>
        new(deployment.Postgres.ConnectionString, deployment.Memcached.Endpoint, deployment.Silo, serviceId: null);

    /// <summary>For a page that starts its silo, if it needs one: with a database and locks that no other page uses.</summary>
    public static async Task<PageRun> WithoutSiloAsync(DocumentationFixture fixture, string page)
    {
        await fixture.Deployment.Memcached.GrowOldAsync(page);
        return new PageRun(await fixture.NewDatabaseAsync(), fixture.Deployment.Memcached.Endpoint, silo: null, page);
    }

    /// <summary>Runs one block and compares what it prints with what the page says.</summary>
    public async Task RunAsync(CommandBlock block)
    {
        var text = _replacements.Aggregate(block.Text, static (text, pair) => text.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
        _environment["BLOCK_MODE"] = block.Mode.ToString();
        var process = ChildProcess.Start("/bin/bash", ["-euo", "pipefail", "-c", Function + text], _environment, _folder.FullName);
        if (block.Mode == BlockMode.Background)
        {
            _background.Add(process);
            var host = text.Contains("--project silo-host", StringComparison.Ordinal) ? _silo : _client;
            await HostProgram.WaitUntilReadyAsync(process, host, CancellationToken.None);
            return;
        }

        await using (process)
        {
            var code = await process.WaitForExitAsync(Deadline);
            Assert.True(code == 0, $"The block in line {block.Line} exited with {code}:\n{text}\n{process.Output}");
            if (block.Output is { } output) AssertMatches(output, process.StandardOutput, block.Line);
        }
    }

    /// <summary>The shell's own judgement of a block that is not run.</summary>
    public static async Task CheckSyntaxAsync(CommandBlock block)
    {
        await using var process = ChildProcess.Start("/bin/bash", ["-n", "-c", block.Text]);
        Assert.True(await process.WaitForExitAsync(Deadline) == 0, $"The block in line {block.Line}: {process.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(_environment["PIDS"]))
        {
            foreach (var pid in await File.ReadAllLinesAsync(_environment["PIDS"]!))
                await ChildProcess.RunAsync("/bin/sh", ["-c", $"kill -TERM {pid} || true"]);
        }

        foreach (var process in _background)
        {
            await process.WaitForExitAsync(Deadline);
            await process.DisposeAsync();
        }

        _silo.Dispose();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    // On a page, … stands for anything.
    private static void AssertMatches(string expected, string actual, int line)
    {
        var pattern = "^" + Regex.Escape(expected.Trim()).Replace("…", ".*", StringComparison.Ordinal) + "$";
        var matches = Regex.IsMatch(actual.Trim(), pattern, RegexOptions.Singleline);
        Assert.True(matches, $"The block in line {line} printed\n{actual}\nand the page says\n{expected}");
    }

    // Debian has psql in the PATH; elsewhere it lies beside the server.
    private static string PsqlFolder() => Directory.Exists("/usr/lib/postgresql")
        ? string.Concat(Directory.GetDirectories("/usr/lib/postgresql").Order().Select(static version => $"{version}/bin:"))
        : "";

    private static Uri FreeUrl() => new($"http://127.0.0.1:{Text(FreePort.Next())}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
