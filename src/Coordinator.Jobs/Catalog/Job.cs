using System.Globalization;
using Coordinator.Client;
using Coordinator.Core.Sql;
using Coordinator.Intents;

namespace Coordinator.Jobs.Catalog;

/// <summary>A registered job: its SQL and its schedule.</summary>
public sealed record Job
{
    /// <summary>The parameter for the scheduled instant; for a run on demand, the present moment.</summary>
    public const string Tick = "tick";

    public required UpdateRequest Update { get; init; }

    /// <summary>Null for a job that runs only on demand.</summary>
    public JobSchedule? Schedule { get; init; }

    public Misfire Misfire { get; init; }

    public string Name => Update.Job;

    /// <summary>Default values for the SQL's parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>One run, with the instant for <c>@tick</c> if the SQL uses it, and with the values given for this run.</summary>
    public UpdateRequest RunAt(DateTimeOffset tick, IReadOnlyDictionary<string, string>? given = null)
    {
        var values = new Dictionary<string, string>(Parameters, StringComparer.OrdinalIgnoreCase);
        // Only if used: ticks with different values are different work, which cannot be coalesced.
        if (SqlParameters.NamesIn(Update.Sql).Contains(Tick)) values[Tick] = tick.ToString("O", CultureInfo.InvariantCulture);
        foreach (var (name, value) in given ?? new Dictionary<string, string>()) values[name] = value;
        return Update with
        {
            Parameters =
            [.. values.Select(static v => new SqlParameter(v.Key, v.Value, v.Key.Equals(Tick, StringComparison.OrdinalIgnoreCase)))]
        };
    }

    /// <summary>Checks the id of a run on demand. A tick's id is refused, because the tick would find itself already done.</summary>
    /// <exception cref="FormatException">It is the id of a tick.</exception>
    public IntentId CheckId(IntentId id) => JobTick.TimeOf(Name, id) is not { } tick
        ? id
        : throw new FormatException(
            $"{id} is the id of the tick of job '{Name}' at {tick:u}, which its schedule runs; give another idempotency key.");
}
