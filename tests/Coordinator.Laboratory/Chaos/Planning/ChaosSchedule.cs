using Coordinator.Laboratory.Chaos.Faults;

namespace Coordinator.Laboratory.Chaos.Planning;

/// <summary>Which faults strike when: decided by the seed alone.</summary>
internal static class ChaosSchedule
{
    // More at once, and nothing would be written between them.
    private const int MostAtOnce = 4;
    private const int Draws = 20;

    private static readonly TimeSpan Begin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestGap = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(3);

    /// <param name="seed">The seed.</param>
    /// <param name="length">When the last fault is over.</param>
    /// <param name="faults">What may strike.</param>
    /// <param name="silos">How many silos there are. One of them is left alone at any time.</param>
    /// <param name="tables">How many tables inserts write.</param>
    /// <param name="atLeast">How long every fault lasts at least.</param>
    public static IReadOnlyList<PlannedFault> Create(
        int seed, TimeSpan length, IReadOnlyList<IChaosFault> faults, int silos, int tables, TimeSpan atLeast = default)
    {
        var random = new Random(seed);
        var plan = new List<PlannedFault>();
        for (var at = Begin; at < length; at += Between(random, ShortestGap, LongestGap))
        {
            for (var i = 0; i < Draws; i++)
            {
                var fault = faults[random.Next(faults.Count)];
                var rest = length - at;
                var (shortest, longest) = (Max(fault.Shortest, atLeast), Max(fault.Longest, atLeast));
                if (shortest > rest) continue;
                var lasts = Between(random, shortest, longest < rest ? longest : rest);
                var next = new PlannedFault(at, lasts, fault, random.Next(silos), random.Next(tables), random.Next());
                var beside = plan.Where(p => p.End > at).ToList();
                if (beside.Count >= MostAtOnce || beside.Exists(next.Collides) || !LeavesOne(beside, next, silos)) continue;
                plan.Add(next);
                break;
            }
        }

        return plan;
    }

    private static bool LeavesOne(IEnumerable<PlannedFault> beside, PlannedFault next, int silos) =>
        next.Fault.Place != ChaosPlace.Silo
            || beside.Append(next).Where(static p => p.Fault.Place == ChaosPlace.Silo).Select(static p => p.Silo).Distinct().Count() < silos;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Between(Random random, TimeSpan shortest, TimeSpan longest) => shortest + random.NextDouble() * (longest - shortest);
}
