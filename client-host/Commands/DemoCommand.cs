using System.CommandLine;
using System.Text.Json;
using Coordinator.Demo;
using Spectre.Console;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>demo</c>: shows the purpose of the coordinator in one process, first without it and then with it.</summary>
internal sealed class DemoCommand : ClientCommand
{
    private const string DuckDb = "duckdb";
    private const string Postgres = "postgres";

    private readonly Option<int> _seconds = Number("--seconds", "How long each half runs.", 8, 1, 3600);
    private readonly Option<int> _inserters = Number("--inserters", "Writers of small transactions into events.", 8, 1, 1000);
    private readonly Option<int?> _updaters = new("--updaters")
    {
        Description = "Hosts on which the job is scheduled, all at the same time, as happens without coordinated schedules. Default 2 on DuckDB, "
            + "which sees conflicts only between writes; 1 on PostgreSQL.",
    };

    private readonly Option<int> _readers = Number("--readers", "Readers that join both tables.", 1, 0, 1000);
    private readonly Option<int> _seed = Number("--seed", "Replays the rows.", 1, 0, int.MaxValue);
    private readonly Option<string> _warehouse =
        new("--warehouse")
        {
            Description = "duckdb (nothing to install) or postgres (at SERIALIZABLE, which fails cycles as Redshift does).",
            DefaultValueFactory = static _ => DuckDb
        };
    private readonly Option<string?> _connection =
        new("--connection") { Description = "The connection string of PostgreSQL, or a file of DuckDB instead of a temporary one." };
    private readonly Option<bool> _keep = new("--keep") { Description = "Leave the tables there to be looked at." };

    public DemoCommand(CommandContext context)
        : base("demo", "Show what the coordinator is for: the same workload without it and with it.", context)
    {
        foreach (var option in new Option[] { _seconds, _inserters, _updaters, _readers, _warehouse, _connection, _seed, _keep }) Options.Add(option);
        _warehouse.AcceptOnlyFromAmong(DuckDb, Postgres);
        _updaters.Validators.Add(result =>
        {
            if (result.GetValue(_updaters) is < 0 or > 1000) result.AddError("--updaters takes 0 to 1000.");
        });
        Validators.Add(result =>
        {
            if (result.GetValue(_warehouse) == Postgres && string.IsNullOrWhiteSpace(result.GetValue(_connection)))
                result.AddError("--warehouse postgres needs --connection, such as \"Host=localhost;Database=demo;Username=me\".");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "client-host demo",
        "client-host demo --seconds 20 --json",
        "client-host demo --warehouse postgres --connection \"Host=localhost;Database=demo;Username=me\"",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var isPostgres = arguments.GetValue(_warehouse) == Postgres;
        var run = Guid.NewGuid().ToString("N")[..8];
        var settings = new DemoSettings
        {
            Half = TimeSpan.FromSeconds(arguments.GetValue(_seconds)),
            Inserters = arguments.GetValue(_inserters),
            Updaters = arguments.GetValue(_updaters) ?? (isPostgres ? 1 : 2),
            Readers = arguments.GetValue(_readers),
            Seed = arguments.GetValue(_seed),
            Keep = arguments.GetValue(_keep),
        };
        await using DemoWarehouse warehouse = isPostgres
            ? new PostgresDemoWarehouse(arguments.GetValue(_connection)!)
            : new DuckDbDemoWarehouse(arguments.GetValue(_connection), run, settings.Keep);
        output.ErrorLine($"{warehouse.Name}: {settings.Inserters} inserters into events, a job on {settings.Updaters} host(s) that updates summary "
            + $"from events, {settings.Readers} reader(s) of both; {settings.Half.TotalSeconds:0} s each way.");
        output.ErrorLine(warehouse.Cause);
        var report = await new DemoRun(settings, warehouse, run, Context.Settings, new DemoView(output.Progress, output.ErrorLine))
            .RunAsync(cancellationToken);
        Show(report, output);
        if (settings.Keep && warehouse is DuckDbDemoWarehouse file) output.ErrorLine($"The tables are kept in {file.File}.");
        return report.IsGood ? ExitCode.Done : ExitCode.Rejected;
    }

    private static Option<int> Number(string name, string description, int byDefault, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (result.GetValue(option) < least || result.GetValue(option) > most))
                result.AddError($"{name} takes {least} to {most}.");
        });
        return option;
    }

    private void Show(DemoReport report, CommandOutput output)
    {
        var people = output.IsJson ? Context.Error : Context.Output;
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(people) }).Write(DemoTable.Of(report));
        output.Line($"ghetto lock ({report.Lock.Provider}): {report.Lock.Acquired} acquired, {report.Lock.Renewed} renewed, {report.Lock.Released} "
            + $"released, {report.Lock.Lost} lost");
        output.Line(report.ExactlyOnce
            ? $"checked: each of the {report.Uncoordinated.Rows + report.Coordinated.Rows} acknowledged rows is in the warehouse exactly once, no "
                + $"other row is, and summary is the aggregate of events"
            : "checked: the warehouse does not hold what was acknowledged");
        if (report.Uncoordinated.Conflicts == 0)
            output.Line("Nothing conflicted without the coordinator: the workload was too small or too short for it.");
        foreach (var problem in report.Problems) output.ErrorLine("error: " + problem);
        if (output.IsJson) Context.Output.WriteLine(JsonSerializer.Serialize(report, CommandOutput.Json));
    }
}
