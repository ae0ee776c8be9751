using System.Globalization;
using Coordinator.Client;
using Coordinator.ClientHost.Jobs.Scheduling;
using Coordinator.Core.Sql;
using Coordinator.Intents;
using Coordinator.Jobs;

namespace Coordinator.ClientHost.Jobs;

/// <summary>A registered job: what it runs, and when.</summary>
internal sealed record Job
{
    /// <summary>The parameter that holds the scheduled instant; of a run that somebody asks for, the moment.</summary>
    public const string Tick = "tick";

    public required UpdateRequest Update { get; init; }

    /// <summary>Null for a job that runs only when asked for.</summary>
    public JobSchedule? Schedule { get; init; }

    public Misfire Misfire { get; init; }

    public string Name => Update.Job;

    /// <summary>Values for the SQL's parameters, unless a run brings its own.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>One run, with the instant for <c>@tick</c> if the SQL asks for it, and with the values that were given for this run alone.</summary>
    public UpdateRequest RunAt(DateTimeOffset tick, IReadOnlyDictionary<string, string>? given = null)
    {
        var values = new Dictionary<string, string>(Parameters, StringComparer.OrdinalIgnoreCase);
        // Only if asked for: ticks that differ in it are different work, and not coalesced.
        if (SqlParameters.NamesIn(Update.Sql).Contains(Tick)) values[Tick] = tick.ToString("O", CultureInfo.InvariantCulture);
        foreach (var (name, value) in given ?? new Dictionary<string, string>()) values[name] = value;
        return Update with { Parameters = [.. values.Select(static v => new SqlParameter(v.Key, v.Value, v.Key.Equals(Tick, StringComparison.OrdinalIgnoreCase)))] };
    }

    /// <summary>The id for a run that somebody asks for: a tick's is not to be had, or the tick would find itself done.</summary>
    /// <exception cref="FormatException">It is a tick's.</exception>
    public IntentId CheckId(IntentId id) => JobTick.TimeOf(Name, id) is not { } tick
        ? id
        : throw new FormatException($"{id} is the id of the tick of job '{Name}' at {tick:u}, which its schedule runs; give another idempotency key.");
}
