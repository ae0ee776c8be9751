using Coordinator.Client;
using Coordinator.ClientHost.Jobs.Scheduling;
using Coordinator.Intents;
using Coordinator.Jobs;

namespace Coordinator.ClientHost.Jobs;

/// <summary>A registered job: what it runs, and when.</summary>
internal sealed record Job
{
    public required UpdateRequest Update { get; init; }

    /// <summary>Null for a job that runs only when asked for.</summary>
    public JobSchedule? Schedule { get; init; }

    public Misfire Misfire { get; init; }

    public string Name => Update.Job;

    /// <summary>The id for a run that somebody asks for: a tick's is not to be had, or the tick would find itself done.</summary>
    /// <exception cref="FormatException">It is a tick's.</exception>
    public IntentId CheckId(IntentId id) => JobTick.TimeOf(Name, id) is not { } tick
        ? id
        : throw new FormatException($"{id} is the id of the tick of job '{Name}' at {tick:u}, which its schedule runs; give another idempotency key.");
}
