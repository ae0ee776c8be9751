namespace Coordinator.Simulation.Histories.Checks;

/// <summary>An outage of 15 s and more stands in a log and in the metrics, and failed answers name it.</summary>
internal sealed class SilenceCheck : IHistoryCheck
{
    /// <summary>From this length on an outage must be reported.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);

    public IEnumerable<Finding> Find(History history)
    {
        foreach (var outage in history.Outages.Where(static o => o.Ended - o.Began >= Shortest))
        {
            var about = $"{outage.Cause}, {(outage.Ended - outage.Began).TotalSeconds:0} s from {outage.Began:HH:mm:ss}";
            if (outage.LogLines == 0) yield return new(FindingKind.Silence, $"{about}: no log line");
            if (outage is { Samples: > 0, SamplesThatTold: 0 })
                yield return new(FindingKind.Silence, $"{about}: none of {outage.Samples} readings of metrics counts an outage");
            if (outage is { Failures: > 0, FailuresThatTold: 0 })
                yield return new(FindingKind.Silence, $"{about}: none of {outage.Failures} failed answers names the cause");
        }
    }
}
