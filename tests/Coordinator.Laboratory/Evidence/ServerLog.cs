using System.Globalization;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Failed statements by PostgreSQL's own log. It is complete even if the silo or reader that caused the failure has ended.</summary>
internal static class ServerLog
{
    private const int Fields = 6;

    /// <summary>The settings that the log needs. They also log a transaction that meets a rival at a fence.</summary>
    public static IReadOnlyList<string> Settings { get; } =
        ["log_line_prefix=%m|%p|%v|%e|%a|", "log_timezone=UTC", "log_lock_waits=on", "deadlock_timeout=10ms"];

    /// <summary>True if the buffer still has every line of the log.</summary>
    public static bool IsWhole(ChildProcess postgres) => postgres.Output.Contains("starting PostgreSQL", StringComparison.Ordinal);

    public static IReadOnlyList<ServerError> Read(ChildProcess postgres)
    {
        var errors = new List<ServerError>();
        foreach (var line in postgres.Output.Split('\n'))
        {
            if (line.Split('|', Fields) is not [var time, var process, _, var state, var application, var text]) continue;
            if (Body(text, "ERROR:") is { } message)
            {
                var at = DateTimeOffset.Parse(time.Replace(" UTC", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture);
                errors.Add(new ServerError(at, process, state, application, message));
            }
            else if (Body(text, "DETAIL:") is { } detail) Amend(errors, process, e => e with { Detail = detail });
            else if (Body(text, "STATEMENT:") is { } statement) Amend(errors, process, e => e with { Statement = statement });
        }

        return errors;
    }

    private static string? Body(string text, string kind) => text.StartsWith(kind, StringComparison.Ordinal) ? text[kind.Length..].Trim() : null;

    /// <summary>Detail and statement follow the error's line, possibly after lines of other processes.</summary>
    private static void Amend(List<ServerError> errors, string process, Func<ServerError, ServerError> more)
    {
        var last = errors.FindLastIndex(e => e.Process == process);
        if (last >= 0) errors[last] = more(errors[last]);
    }
}
