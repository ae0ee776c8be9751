using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Hosting;

/// <summary>What the real processes do with their command line and their settings.</summary>
public sealed class StartUpTests
{
    private static readonly Dictionary<string, string?> Wrong = new()
    {
        ["Coordinator:Warehouse:Providr"] = "Postgres",
        ["Coordinator:Locking:Ttl"] = "abc",
        ["Coordinator:Grains:Retry:MaxRetries"] = "-1",
        ["Coordinator:Silo:GatewayPort"] = "70000",
        ["Coordinator:Http:RowsTimeout"] = "abc",
        ["urls"] = "http://0.0.0.0:80",
    };

    private static readonly string[] SiloMistakes =
    [
        "Coordinator:Silo:GatewayPort is '70000'", "Coordinator:Locking:Ttl is 'abc'", "Coordinator:Grains:Retry:MaxRetries is '-1'",
        "Coordinator:Warehouse:Providr is no setting. Did you mean Coordinator:Warehouse:Provider?", "urls holds 'http://0.0.0.0:80'",
    ];

    [Fact]
    public async Task A_silo_with_mistakes_in_many_rooms_names_them_all_and_does_not_start()
    {
        var run = await RunAsync("silo-host", Wrong);
        Assert.Equal(2, run.ExitCode);
        var lines = run.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(SiloMistakes.Length, lines.Length);
        Assert.All(SiloMistakes, mistake => Assert.Contains(lines, line => line.StartsWith("silo-host: " + mistake, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Check_reports_all_mistakes_of_a_silo()
    {
        var run = await RunAsync("silo-host", Wrong, "--check");
        Assert.Equal((1, ""), (run.ExitCode, run.StandardOutput));
        Assert.All(SiloMistakes, mistake => Assert.Contains(mistake, run.StandardError, StringComparison.Ordinal));

        var json = await RunAsync("silo-host", Wrong, "--check", "--json");
        Assert.Equal((1, ""), (json.ExitCode, json.StandardError));
        var answer = JsonDocument.Parse(json.StandardOutput).RootElement;
        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(SiloMistakes.Length, answer.GetProperty("mistakes").GetArrayLength());
    }

    [Fact]
    public async Task Check_prints_what_a_silo_would_be_and_starts_nothing()
    {
        // Nothing listens there: a silo that started would fail.
        var settings = new Dictionary<string, string?>
        {
            ["Coordinator:Warehouse:Provider"] = "Postgres",
            ["Coordinator:Warehouse:ConnectionString"] = "Host=192.0.2.1;Database=sales;Username=u;Password=hush",
            ["Coordinator:Clustering:Provider"] = "Redis",
            ["Coordinator:Clustering:ConnectionString"] = "192.0.2.1:6379,password=hush",
        };
        string[] arguments = ["--check", "--Coordinator:Locking:Memcached:Servers=cache:1", "--Coordinator:Silo:Name", "one"];
        var run = await RunAsync("silo-host", settings, arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        Assert.Equal(
            "silo one: warehouse Postgres (192.0.2.1:5432/sales), isolation Serializable, inserts Serializable; locks Memcached (cache:1); "
            + "cluster coordinator by Redis, silo 127.0.0.1:11111, gateway 127.0.0.1:30000; urls http://127.0.0.1:8080",
            run.StandardOutput.Trim());

        var json = await RunAsync("silo-host", settings, "--check", "--json");
        Assert.Equal(0, json.ExitCode);
        Assert.DoesNotContain("hush", json.StandardOutput + run.StandardOutput, StringComparison.Ordinal);
        var answer = JsonDocument.Parse(json.StandardOutput).RootElement;
        Assert.True(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(("Postgres", "InProcess"), (Chosen("warehouse"), Chosen("locks")));

        string? Chosen(string name) => answer.GetProperty("chosen").GetProperty(name).GetString();
    }

    [Fact]
    public async Task Help_shows_usage_examples_and_every_setting_with_its_default()
    {
        var run = await RunAsync("silo-host", [], "--help");
        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        Assert.Contains("silo-host --check [--json]", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Coordinator:Locking:Ttl = 00:00:15", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Coordinator:Warehouse:Provider = DuckDb", run.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("Coordinator:Warehouse:Postgres:ConnectionString", run.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expected --KEY=VALUE or one of --help, --check, --json. Did you mean --check?", "--chekc")]
    [InlineData("'stray' is no flag", "stray")]
    [InlineData("'--Coordinator:Silo:Name' is no flag and no setting with a value", "--Coordinator:Silo:Name", "--check")]
    [InlineData("--json is given without --check", "--json")]
    public async Task A_wrong_command_line_starts_nothing(string expected, params string[] arguments)
    {
        var run = await RunAsync("silo-host", [], arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Coordinator:Warehouse:Redshift:Staging:Region", "eu-west-1", "credentials")]
    [InlineData("Coordinator:Warehouse:Redshift:Staging:AccessKeyId", "a-key", "Region")]
    public async Task A_bucket_that_cannot_be_used_is_named_with_what_to_set(string key, string value, string lacking)
    {
        var run = await RunAsync("silo-host", new Dictionary<string, string?>
        {
            ["Coordinator:Warehouse:Provider"] = "Redshift",
            ["Coordinator:Warehouse:ConnectionString"] = "Host=192.0.2.1;Database=sales;Username=u",
            ["Coordinator:Warehouse:Redshift:Staging:Bucket"] = "rows",
            ["Coordinator:Warehouse:Redshift:Staging:SecretAccessKey"] = key.EndsWith("KeyId", StringComparison.Ordinal) ? "hush" : null,
            [key] = value,
            // The machine's own credentials must not help, and no metadata service is asked.
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/nowhere",
            ["AWS_CONFIG_FILE"] = "/nowhere",
        });
        var line = Assert.Single(run.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, run.ExitCode);
        const string expected = "silo-host: Coordinator:Warehouse:Redshift:Staging:Bucket is 'rows', but S3 cannot be used: ";
        Assert.StartsWith(expected, line, StringComparison.Ordinal);
        Assert.Contains(lacking, line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hush", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_says_at_its_start_what_it_is()
    {
        await using var silo = await SiloProcess.StartAsync([new("Coordinator:Silo:Name", "teller")]);
        const string expected = "silo teller: warehouse DuckDb (coordinator-data/warehouse.duckdb)";
        var line = await silo.Process.WaitForLineAsync(static line => line.Contains(expected, StringComparison.Ordinal));
        Assert.Contains("locks InProcess", line, StringComparison.Ordinal);
        Assert.Contains(silo.Settings["urls"]!, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_checks_all_its_settings_without_a_silo()
    {
        var wrong = new Dictionary<string, string?>(Wrong)
        {
            ["Coordinator:Jobs:nightly:Schedul"] = "* * * * *",
            ["Coordinator:Client:Source"] = " ",
        };
        var run = await RunAsync("client-host", wrong, "serve", "--check", "--json");
        Assert.Equal(1, run.ExitCode);
        string[] mistakes =
        [
            "Coordinator:Silo:GatewayPort is '70000'", "Coordinator:Warehouse:Providr is no setting", "Coordinator:Http:RowsTimeout is 'abc'",
            "Coordinator:Jobs:nightly:Schedul",
            "Coordinator:Jobs:nightly:Sql is empty", "Coordinator:Client:Source is ' '", "urls holds",
        ];
        Assert.Equal(mistakes.Length, JsonDocument.Parse(run.StandardOutput).RootElement.GetProperty("mistakes").GetArrayLength());
        Assert.All(mistakes, mistake => Assert.Contains(mistake, run.StandardError, StringComparison.Ordinal));

        var job = new Dictionary<string, string?> { ["Coordinator:Jobs:nightly:Sql"] = "select 1" };
        var right = await RunAsync("client-host", job, "serve", "--check");
        Assert.Equal((0, ""), (right.ExitCode, right.StandardError));
        Assert.Equal(
            "client: cluster coordinator by Localhost, gateway 127.0.0.1:30000; urls http://127.0.0.1:8081; jobs nightly",
            right.StandardOutput.Trim());
    }

    [Fact]
    public async Task A_command_refuses_an_unknown_key_before_it_looks_for_a_silo()
    {
        var run = await RunAsync("client-host", [], "jobs", "--Coordinator:Silo:GatewayPrt=1");
        Assert.Equal(2, run.ExitCode);
        const string expected = "Coordinator:Silo:GatewayPrt is no setting. Did you mean Coordinator:Silo:GatewayPort?";
        Assert.Contains(expected, run.StandardError, StringComparison.Ordinal);
    }

    private static async Task<ClientHostResult> RunAsync(string host, Dictionary<string, string?> settings, params string[] arguments)
    {
        await using var process = HostProgram.Start(host, arguments, settings, workingDirectory: null);
        return new ClientHostResult(await process.WaitForExitAsync(TimeSpan.FromMinutes(2)), process.StandardOutput, process.StandardError);
    }
}
