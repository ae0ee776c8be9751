using System.Text.Json;
using Coordinator.ClientHost.Commands;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Microsoft.Extensions.Options;
using SiloUnavailableException = Coordinator.Errors.SiloUnavailableException;

namespace Coordinator.Tests.ClientHost;

public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Settings_are_distinguished_from_options()
    {
        var (settings, others) = SettingArguments.Split(
            ["insert", "--Coordinator:Silo:GatewayPort=1", "--table", "t", "--urls", "http://localhost:1", "--Logging:LogLevel:Default", "Debug",
            "--json"]);
        Assert.Equal(["--Coordinator:Silo:GatewayPort=1", "--urls=http://localhost:1", "--Logging:LogLevel:Default=Debug"], settings);
        Assert.Equal(["insert", "--table", "t", "--json"], others);
    }

    public static TheoryData<string, string> Misuse() => new()
    {
        { "jobs list --Warehouse:Provider=Postgres", "--Warehouse:Provider=Postgres" },
        { "insert --table t", "--file" },
        { "insert --tabel t --file f", "--tabel" },
        { "insert --table t --file f --chunk-rows 0", "--chunk-rows" },
        { "insert --table t --file nothing-here.ndjson", "nothing-here.ndjson" },
        { "insert --table t --file f.unknown", "--format" },
        { "insert --table a.b.c --file f.csv", "a.b.c" },
        { "insert --table t --file f.csv --timeout 00:00:00", "--timeout" },
        { "insert --table t --file f.csv --delimiter ::", "'::' is no delimiter" },
        { "insert --table t --file f.csv --encoding ebcdic", "utf-16le" },
        { "update", "--job" },
        { "update --sql x --job y", "--sql" },
        { "update --job x --writes y", "--job" },
        { "update --job x", "There is no job 'x'" },
        { "update --job x --parameter day", "name=value" },
        { "update --sql x --parameter day=1", "--job" },
        { "jobs --job x", "There is no job 'x'" },
        { "jobs --limit 0", "--limit" },
        { "jobs --Coordinator:Jobs:j:Writes=x", "Coordinator:Jobs:j:Sql" },
        { "serve --Coordinator:Jobs:j:Schedule=hourly", "Coordinator:Jobs:j:Schedule" },
        { "audit", "'audit --help'" },
        { "audit writes --table a.b.c", "a.b.c" },
        { "audit writes --since yesterday", "--since is 'yesterday'; expected is how long ago, such as 90s" },
        { "audit overlaps --since 1h --until 2h", "is not before --until" },
        { "audit overlaps --limit 0", "--limit" },
        { "audit writes --tabel t", "'audit writes --help'" },
        { "audit writes --Coordinator:Warehouse:Provider=Paper", "Coordinator:Warehouse:Provider" },
        { "audit writes --Coordinator:Warehouse:Provider=Postgres", "ConnectionString" },
        { "top --sort beauty", "beauty" },
        { "top --interval 0s", "--interval" },
        { "top --limit 0", "--limit" },
        { "top --url 8080", "--url" },
        { "no-such-verb", "no-such-verb" },
        { "serve --urls http://0.0.0.0:1", "http://0.0.0.0:1" },
        { "serve --urls http://*:1", "http://*:1" },
        { "serve --Kestrel:Endpoints:Http:Url=http://0.0.0.0:1", "Kestrel:Endpoints" },
        { "serve --Coordinator:Http:MaxBodyBytes=-1", "Coordinator:Http:MaxBodyBytes" },
        { "serve --Coordinator:Clustering:Provider=Paper", "Coordinator:Clustering:Provider is 'Paper'" },
    };

    [Theory]
    [MemberData(nameof(Misuse))]
    public async Task Misuse_is_exit_code_2_and_says_what_is_wrong(string commandLine, string mention)
    {
        Assert.Equal(2, await RunAsync(commandLine.Split(' ')));
        Assert.Contains(mention, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task With_json_a_failure_is_one_object_on_standard_output()
    {
        Assert.Equal(2, await RunAsync("insert", "--table", "t", "--json"));
        using var answer = JsonDocument.Parse(_output.ToString());
        Assert.Equal(2, answer.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Contains("--file", answer.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("insert")]
    [InlineData("update")]
    [InlineData("jobs")]
    [InlineData("top")]
    [InlineData("audit writes")]
    [InlineData("audit overlaps")]
    [InlineData("serve")]
    public async Task Help_shows_examples_and_exit_codes(string verb)
    {
        Assert.Equal(0, await RunAsync([.. verb.Split(' '), "--help"]));
        Assert.Contains($"client-host {verb}", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Exit codes:", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_failure_has_its_exit_code()
    {
        Assert.Equal(ExitCode.Unavailable, Failure.Of(new SiloUnavailableException("x"))?.Code);
        Assert.Equal(ExitCode.Unavailable, Failure.Of(new QueueFullException("x"))?.Code);
        Assert.Equal(ExitCode.OutcomeUnknown, Failure.Of(new OutcomeUnknownException("x"))?.Code);
        Assert.Equal(ExitCode.OutcomeUnknown, Failure.Of(new OperationCanceledException())?.Code);
        Assert.Equal(ExitCode.Rejected, Failure.Of(new InvalidRowsException("x"))?.Code);
        Assert.Equal(ExitCode.Rejected, Failure.Of(new IntentRejectedException(IntentId.FromKey("k"), [RowError.OfIntent("x")]))?.Code);
        Assert.Equal(ExitCode.Rejected, Failure.Of(new WarehouseException(FailureKind.Rejected, "x"))?.Code);
        Assert.Equal(ExitCode.Unavailable, Failure.Of(new WarehouseException(FailureKind.Unavailable, "x"))?.Code);
        Assert.Equal(ExitCode.Usage, Failure.Of(new OptionsValidationException("x", typeof(string), ["a", "b"]))?.Code);
        Assert.Null(Failure.Of(new NotSupportedException()));
    }

    private Task<int> RunAsync(params string[] arguments)
    {
        var (settings, others) = SettingArguments.Split(arguments);
        var context = new CommandContext(settings, Stream.Null, _output, _error);
        return new CommandLineApp(
            context, new ServeCommand(context), new InsertCommand(context), new UpdateCommand(context), new JobsCommand(context),
            new TopCommand(context), new AuditCommand(context)).RunAsync(others);
    }
}
