using System.CommandLine;
using Coordinator.Doctor;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>doctor</c>: examines what a silo with these settings would use.</summary>
internal sealed class DoctorCommand : ClientCommand
{
    private readonly Option<string?> _settings =
        new("--settings") { Description = "A settings file, such as the silo's appsettings.json. Environment and command line override it." };
    private readonly Option<string[]> _tables =
        new("--table", "-t") { Description = "A table whose rights are checked: name or schema.name. May be repeated. Default: all with a ledger." };

    public DoctorCommand(CommandContext context)
        : base("doctor", "Check everything that a silo with these settings uses: settings, warehouse, grants, TLS, memcached, cluster, clocks. Says "
            + "what to do; changes nothing. Exit code 1 if a check failed.", context)
    {
        foreach (var option in new Option[] { _settings, _tables }) Options.Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "client-host doctor",
        "client-host doctor --settings silo-host/appsettings.json --table events --table sales.orders --json",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var options = new DoctorOptions { Tables = [.. (arguments.GetValue(_tables) ?? []).Select(TableName.Parse)] };
        var view = new DoctorView(output.IsJson ? output.Progress : output.Terminal());
        var report = await new DoctorRun(DoctorSettings.Read(Context.Settings, arguments.GetValue(_settings)), options, TimeProvider.System)
            .RunAsync(view, cancellationToken);
        view.Sum(report);
        if (output.IsJson) output.Answer(report, []);
        return report.Ok ? ExitCode.Done : ExitCode.Rejected;
    }
}
