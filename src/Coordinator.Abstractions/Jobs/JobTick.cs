using Coordinator.Intents;

namespace Coordinator.Jobs;

/// <summary>A job's scheduled instant as an intent id: whoever keeps the schedule names the same tick alike, so it runs once.</summary>
public static class JobTick
{
    private static readonly long MaxSequence = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The job's name as its ids and its grain are made of: case does not matter in settings, so it does not here.</summary>
    public static string KeyOf(string job)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(job);
        return job.ToLowerInvariant();
    }

    /// <summary>The origin of all ticks of a job: a hash of its name.</summary>
    public static Guid OriginOf(string job) => IntentId.OriginOf("job " + KeyOf(job));

    /// <summary>The id of a tick: the job's origin, and the instant in Unix seconds.</summary>
    public static IntentId IdOf(string job, DateTimeOffset tick) => new(OriginOf(job), tick.ToUnixTimeSeconds());

    /// <summary>The instant of a tick, or null if the id is no tick of the job.</summary>
    public static DateTimeOffset? TimeOf(string job, IntentId id) =>
        id.Origin == OriginOf(job) && id.Sequence >= 0 && id.Sequence <= MaxSequence ? DateTimeOffset.FromUnixTimeSeconds(id.Sequence) : null;
}
