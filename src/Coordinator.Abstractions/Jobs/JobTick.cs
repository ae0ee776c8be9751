using Coordinator.Intents;

namespace Coordinator.Jobs;

/// <summary>A job's scheduled instant as an intent id. All hosts with the same schedule derive the same id for a tick, so it runs
/// once.</summary>
public static class JobTick
{
    private static readonly long MaxSequence = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The job's name as used in ids and grain keys. It is not case-sensitive, because settings are not.</summary>
    public static string KeyOf(string job)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(job);
        return job.ToLowerInvariant();
    }

    /// <summary>The origin of all ticks of a job: a hash of its name.</summary>
    public static Guid OriginOf(string job) => IntentId.OriginOf("job " + KeyOf(job));

    /// <summary>The id of a tick: the job's origin, and the instant in Unix seconds.</summary>
    public static IntentId IdOf(string job, DateTimeOffset tick) => new(OriginOf(job), tick.ToUnixTimeSeconds());

    /// <summary>The instant of a tick, or null if the id is not a tick of the job.</summary>
    public static DateTimeOffset? TimeOf(string job, IntentId id) =>
        id.Origin == OriginOf(job) && id.Sequence >= 0 && id.Sequence <= MaxSequence ? DateTimeOffset.FromUnixTimeSeconds(id.Sequence) : null;
}
