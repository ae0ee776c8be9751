using Coordinator.Core.Leases;

namespace Coordinator.Simulation.Leases.Broken;

/// <summary>The protocol with one essential rule broken at a time, each with a scenario that shows it.</summary>
internal static class BrokenRules
{
    /// <summary>The scenario for each rule.</summary>
    public static IReadOnlyDictionary<string, LeaseScenario> All { get; } = new[]
    {
        Of(new BrokenRule("no quarantine") { Store = static (store, memcached) => new NoQuarantine(store, memcached) }),
        Of(new BrokenRule("no second look at the canary") { Store = static (store, memcached) => new NoSecondLook(store, memcached) }),
        Of(new BrokenRule("renewal by CAS") { Store = static (store, memcached) => new RenewalByCas(store, memcached) }) with
        {
            // All other rules hold, so only an owner that proceeds unverified shows this one.
            WhenUnavailable = WhenUnavailable.Proceed, UnavailableAfter = TimeSpan.Zero, IsTorn = true,
        },
        Of(new BrokenRule("renewal of anything") { Store = static (store, memcached) => new RenewalOfAnything(store, memcached) }),
        Of(new BrokenRule("release of anything") { Store = static (store, memcached) => new ReleaseOfAnything(store, memcached) }),
        Of(new BrokenRule("validity from receipt") { CountsFromReceipt = true }),
        Of(new BrokenRule("failover to another server") { FailsOver = true }),
        Of(new BrokenRule("no allowance for whole seconds") { Options = static options => options with { Margin = -Lease.StoreRounding } }),
    }.ToDictionary(static s => s.Broken!.Name);

    /// <summary>The first history that shows the broken rule; null if none does.</summary>
    public static int? FirstCaught(string name, int maxHistories)
    {
        for (var seed = 0; seed < maxHistories; seed++)
        {
            if (LeaseSimulation.Run(seed, All[name]).Problem?.Contains(" hold ", StringComparison.Ordinal) == true) return seed;
        }

        return null;
    }

    private static LeaseScenario Of(BrokenRule rule) => new() { Broken = rule };
}
