using Coordinator.Settings;

namespace Coordinator.ClientHost.Commands;

/// <summary>Separates settings from options: <c>--Coordinator:Silo:GatewayPort=30001</c>, also with a space instead of the <c>=</c>, and
/// <c>--urls</c>. Settings go to .NET's configuration, everything else to the command line's parser, which refuses unknown options.</summary>
internal static class SettingArguments
{
    private static readonly string[] Plain = ["--urls", "--environment"];

    public static (IReadOnlyList<string> Settings, IReadOnlyList<string> Others) Split(IReadOnlyList<string> arguments)
    {
        var settings = new List<string>();
        var rest = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!IsSetting(arguments[i])) rest.Add(arguments[i]);
            else if (arguments[i].Contains('=', StringComparison.Ordinal) || i + 1 == arguments.Count) settings.Add(arguments[i]);
            else settings.Add($"{arguments[i]}={arguments[++i]}");
        }

        return (settings, rest);
    }

    private static bool IsSetting(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal)) return false;
        var name = argument.Split('=', 2)[0];
        // What no host reads goes to the parser, which refuses it.
        return name.Contains(':', StringComparison.Ordinal)
            ? SettingRoots.Mistake(name[2..]) is null
            : Plain.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
