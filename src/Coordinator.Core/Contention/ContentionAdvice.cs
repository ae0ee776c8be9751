using System.Globalization;
using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>Advice on what to change, if a rule applies. The most urgent comes first.</summary>
public static class ContentionAdvice
{
    // Smaller values need no advice.
    private const double NotableMilliseconds = 1_000;
    private const double NotableMillisecondsAMinute = 2_000;
    private const double SlowCommitMilliseconds = 5_000;

    /// <summary>The advice for a table.</summary>
    /// <param name="now">The present state.</param>
    /// <param name="sources">The recent figures of the sources.</param>
    /// <param name="commit">Durations of insert transactions.</param>
    /// <param name="history">The last hour.</param>
    public static IReadOnlyList<string> For(
        TableContention now, IReadOnlyList<SourceFigures> sources, DurationHistogram commit, IReadOnlyList<HistorySlot> history)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentNullException.ThrowIfNull(history);
        return [.. Lock(now), .. Holders(sources), .. Commits(now, commit), .. Conflicts(now, history)];
    }

    private static IEnumerable<string> Lock(TableContention now)
    {
        if (now.Silos.Count(static s => s.IsActive) is var active and > 1)
            yield return Say($"{active} activations of this table exist at once. Writes stay exactly once, but they meet at the ledger: ")
                + "look at the network between the silos, and at memcached.";
        switch (now.Lock.State)
        {
            case LeaseState.Unverified:
                yield return "memcached does not answer. Once the lease ends, writes go on with the ledger alone, or stop, as WhenUnavailable says. "
                    + "Bring memcached back, or look at the network between this silo and it.";
                break;
            case LeaseState.Quarantined:
                yield return "memcached lost its memory a moment ago: the lock is taken once every older one has certainly ended. "
                    + "Nothing to do, unless it recurs.";
                break;
            case LeaseState.Waiting when now.Holder?.Kind == TurnKind.Lock && now.Holder.SinceMilliseconds > NotableMilliseconds:
                yield return "This activation waits for the lock of the one before. It ends by itself within the lock's TTL; "
                    + "if it recurs, look for silos that end without a graceful stop.";
                break;
            default:
                break;
        }
    }

    private static IEnumerable<string> Holders(IReadOnlyList<SourceFigures> sources)
    {
        foreach (var source in sources)
        {
            var blocked = source.BlockedMilliseconds / source.WindowMinutes;
            if (!source.IsUpdate || source.Turns == 0 || blocked < NotableMillisecondsAMinute) continue;
            var every = source.WindowMinutes * 60_000 / source.Turns;
            var verb = source.IsExclusive ? "writes" : "reads";
            var remedy = source.IsExclusive
                ? "Give it less to do in a run, run it less often, or have it write to a table of its own that is merged now and then."
                : "Have it read less (only what is new), run it less often, or read from a copy.";
            yield return source.Turns == 1
                ? Say($"{Name(source.Source)} {verb} this table, for {Span(source.HeldMilliseconds)} until now; ")
                    + Say($"others have waited {Span(source.BlockedMilliseconds)} for it. {remedy}")
                : Say($"{Name(source.Source)} {verb} this table for {Span(source.HeldMilliseconds / source.Turns)} every {Span(every)}; ")
                    + Say($"others wait {Span(blocked)} a minute for it. {remedy}");
        }
    }

    private static IEnumerable<string> Commits(TableContention now, DurationHistogram commit)
    {
        if (commit.Count == 0 || commit.Quantile(0.5) < SlowCommitMilliseconds || now.ContentionMilliseconds < NotableMilliseconds) yield break;
        yield return Say($"Transactions of inserts take {Span(commit.SumMilliseconds / commit.Count)} on average in the warehouse, ")
            + "and inserts wait for that. Look at its queues and load; larger batches help if the cost of a commit does not depend on its size.";
    }

    private static IEnumerable<string> Conflicts(TableContention now, IReadOnlyList<HistorySlot> history)
    {
        if (now.Counts.Overlaps > 0)
            yield return Say($"Another activation's transaction was met {now.Counts.Overlaps} times; it did no harm. ")
                + "If it goes on, look at the network between the silos, and at memcached.";
        if (history.Sum(static slot => slot.Conflicts) is var conflicts && conflicts > now.Counts.Overlaps)
            yield return Say($"{conflicts} transactions failed by conflict in the last hour: something writes, or reads in long transactions, ")
                + "around the coordinator. Send its SQL through it, with the tables it reads.";
    }

    private static string Name(string source) => source.Length == 0 ? "An update without a source" : $"'{source}'";

    private static string Span(double milliseconds) => milliseconds switch
    {
        < 1_000 => Say($"{milliseconds:0} ms"),
        < 10_000 => Say($"{milliseconds / 1_000:0.#} s"),
        < 120_000 => Say($"{milliseconds / 1_000:0} s"),
        _ => Say($"{milliseconds / 60_000:0} min"),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
