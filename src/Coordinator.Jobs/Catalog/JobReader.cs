using System.Globalization;
using Coordinator.Client;
using Coordinator.Core.Sql;
using Coordinator.Errors;
using Coordinator.Tables;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Jobs.Catalog;

/// <summary>Reads one job from its settings and collects all mistakes, each with its key.</summary>
internal sealed class JobReader(IConfigurationSection section, DateTimeOffset now)
{
    private static readonly string[] Keys = ["Sql", "Writes", "Reads", "Schedule", "TimeZone", "Jitter", "Misfire", "MaxDuration", "Parameters"];
    private static readonly TimeSpan MaxMaxDuration = TimeSpan.FromDays(1);

    private readonly List<string> _mistakes = [];

    public IReadOnlyList<string> Mistakes => _mistakes;

    public Job Read()
    {
        foreach (var key in section.GetChildren().Select(static c => c.Key)
            .Where(static key => !Keys.Contains(key, StringComparer.OrdinalIgnoreCase)))
            _mistakes.Add($"{section.Path}:{key} is no setting of a job; there are {string.Join(", ", Keys)}.{NearestName.Hint(key, Keys)}");
        var sql = section["Sql"];
        if (string.IsNullOrWhiteSpace(sql)) _mistakes.Add($"{section.Path}:Sql is empty; expected the SQL to run.");
        return new Job
        {
            Update = new UpdateRequest
            {
                Job = section.Key,
                Sql = sql ?? "",
                Writes = Tables(section.GetSection("Writes")),
                Reads = Tables(section.GetSection("Reads")),
                MaxDuration = Duration("MaxDuration", MaxMaxDuration),
            },
            Schedule = Schedule(),
            Parameters = Parameters(sql ?? ""),
            Misfire = Enum("Misfire", Misfire.RunOnce),
        };
    }

    private Dictionary<string, string> Parameters(string sql)
    {
        var parameters = section.GetSection("Parameters").GetChildren()
            .ToDictionary(static p => p.Key, static p => p.Value ?? "", StringComparer.OrdinalIgnoreCase);
        var used = SqlParameters.NamesIn(sql);
        if (parameters.ContainsKey(Job.Tick))
            _mistakes.Add($"{section.Path}:Parameters:{Job.Tick} is the scheduled instant and not to be set; choose another name.");
        foreach (var name in parameters.Keys.Where(name => !used.Contains(name, StringComparer.OrdinalIgnoreCase)))
            _mistakes.Add($"{section.Path}:Parameters:{name} is not used: the SQL has no @{name}.{NearestName.Hint(name, used)}");
        // Without a schedule each run may provide the value.
        foreach (var name in used.Where(name => section["Schedule"] is not null && name != Job.Tick && !parameters.ContainsKey(name)))
            _mistakes.Add($"{section.Path}:Parameters:{name} is missing: the SQL uses @{name}.");
        return parameters;
    }

    private JobSchedule? Schedule()
    {
        var jitter = Duration("Jitter", TimeSpan.FromDays(1));
        var zone = Zone();
        if (section["Schedule"] is not { } text)
        {
            foreach (var key in new[] { "TimeZone", "Jitter", "Misfire" })
            {
                if (section[key] is not null)
                    _mistakes.Add($"{section.Path}:{key} is given and {section.Path}:Schedule is not; expected a schedule such as '*/5 * * * *'.");
            }

            return null;
        }

        try
        {
            var schedule = new JobSchedule(section.Key, text, zone, jitter);
            if (schedule.Next(now) is null) _mistakes.Add($"{section.Path}:Schedule is '{text}', which never comes.");
            if (schedule.ShortestGap(now) is { } gap && jitter >= gap)
                _mistakes.Add($"{section.Path}:Jitter is {jitter}; expected less than the {gap} that lie between two ticks of '{text}'.");
            return schedule;
        }
        catch (FormatException e)
        {
            _mistakes.Add($"{section.Path}:Schedule: {e.Message}");
            return null;
        }
    }

    private TimeZoneInfo Zone()
    {
        var text = section["TimeZone"] ?? "UTC";
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)) return zone;
        _mistakes.Add($"{section.Path}:TimeZone is '{text}'; expected the name of a time zone that this system knows, such as Europe/Berlin.");
        return TimeZoneInfo.Utc;
    }

    private TimeSpan Duration(string key, TimeSpan most)
    {
        if (section[key] is not { } text) return TimeSpan.Zero;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.Zero && value <= most) return value;
        _mistakes.Add($"{section.Path}:{key} is '{text}'; expected 00:00:00 to {most:c}.");
        return TimeSpan.Zero;
    }

    private T Enum<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (section[key] is not { } text) return otherwise;
        if (System.Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
            return System.Enum.Parse<T>(known);
        _mistakes.Add($"{section.Path}:{key} is '{text}'; expected {string.Join(" or ", System.Enum.GetNames<T>())}.");
        return otherwise;
    }

    private List<TableName> Tables(IConfigurationSection tables)
    {
        IReadOnlyList<string> texts = tables.Value is { } list ? TableList.Split(list) : [.. tables.GetChildren().Select(static c => c.Value ?? "")];
        var names = new List<TableName>();
        foreach (var text in texts)
        {
            try
            {
                names.Add(TableName.Parse(text));
            }
            catch (FormatException e)
            {
                _mistakes.Add($"{tables.Path}: {e.Message}");
            }
        }

        return names;
    }
}
