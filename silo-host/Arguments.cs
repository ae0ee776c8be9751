using Coordinator.Errors;
using Coordinator.Settings;

namespace Coordinator.SiloHost;

/// <summary>The command line: flags of this program, and settings, which .NET's configuration reads.</summary>
internal sealed record Arguments
{
    private static readonly string[] Flags = ["--help", "--check", "--json"];

    /// <summary>The settings: <c>--KEY=VALUE</c> or <c>--KEY VALUE</c>.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    public bool IsHelp { get; init; }

    public bool IsCheck { get; init; }

    public bool IsJson { get; init; }

    /// <summary>What is wrong with the command line; null if nothing is.</summary>
    public string? Mistake { get; init; }

    public static Arguments Parse(IReadOnlyList<string> args)
    {
        var settings = new List<string>();
        var flags = new List<string>();
        string? mistake = null;
        for (var i = 0; i < args.Count; i++)
        {
            var argument = args[i];
            if (argument is "-h" or "-?") flags.Add("--help");
            else if (Flags.Contains(argument)) flags.Add(argument);
            else if (argument.Contains('=', StringComparison.Ordinal)) settings.Add(argument);
            else if (IsKey(argument) && i + 1 < args.Count && !IsKey(args[i + 1])) settings.Add($"{argument}={args[++i]}");
            else mistake ??= Unknown(argument);
        }

        mistake ??= settings.Select(static setting => SettingRoots.Mistake(setting.Split('=', 2)[0].TrimStart('-', '/')))
            .FirstOrDefault(static wrong => wrong is not null);
        if (flags.Contains("--json") && !flags.Contains("--check")) mistake ??= "--json is given without --check; expected --check --json.";
        return new Arguments
        {
            Settings = settings,
            IsHelp = flags.Contains("--help"),
            IsCheck = flags.Contains("--check"),
            IsJson = flags.Contains("--json"),
            Mistake = mistake,
        };
    }

    private static string Unknown(string argument) =>
        $"'{argument}' is no flag and no setting with a value; "
        + $"expected --KEY=VALUE or one of {string.Join(", ", Flags)}.{NearestName.Hint(argument, Flags)}";

    private static bool IsKey(string argument) => argument.StartsWith("--", StringComparison.Ordinal) || argument is "-h" or "-?";
}
