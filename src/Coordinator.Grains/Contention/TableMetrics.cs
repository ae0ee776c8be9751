using System.Diagnostics.Metrics;
using Coordinator.Contention;
using Coordinator.Core.Contention.Labels;
using Microsoft.Extensions.Options;

namespace Coordinator.Grains.Contention;

/// <summary>The meter <c>Coordinator.Tables</c>: the accounts of a silo's tables, read once per collection. Its histograms, over all tables, are
/// in Core.</summary>
internal sealed class TableMetrics(ContentionRegistry registry, IOptions<GrainsOptions> options, TimeProvider clock)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public const string MeterName = "Coordinator.Tables";

    // The SDK keeps 2,000 series per metric. With four outcomes and "other" that leaves room for this number of names.
    private const int MaxNames = 499;

    private static readonly TimeSpan OneCollection = TimeSpan.FromMilliseconds(250);
    private static readonly LeaseState[] LockStates = Enum.GetValues<LeaseState>();

    private readonly Lock _gate = new();
    private readonly TableLabels _labels = new(options.Value.MaxTableLabels, MaxNames);
    private Reading _latest = new([], [], null);

    public void Participate(ISiloLifecycle lifecycle) => SiloMeter.Add(lifecycle, MeterName, Create);

    /// <summary>Creates the instruments.</summary>
    internal void Create(Meter meter)
    {
        meter.CreateObservableCounter("coordinator.table.intents", () =>
            Read().SelectMany(static f => Intents(f)), "{intent}", "Insert intents that ended.");
        Count("rows", "{row}", "Rows committed by inserts.", static f => f.Counts.Rows);
        Count("batches", "{transaction}", "Transactions of inserts committed.", static f => f.Counts.Batches);
        Count("updates", "{turn}", "Turns that updates had.", static f => f.Counts.Updates);
        Count("conflicts", "{transaction}", "Transactions that the warehouse failed because of others.", static f => f.Counts.Conflicts);
        Count("retries", "{transaction}", "Transactions that were retried after any failure.", static f => f.Counts.Retries);
        Count("overlaps", "{transaction}", "Transactions that met another activation's transaction of the same table.", static f =>
            f.Counts.Overlaps);
        Count("schema_changes", "{change}", "Changes that were found in the table's columns.", static f => f.Counts.SchemaChanges);
        Count("coalesced", "{run}", "Ticks of jobs that shared another's run.", static f => f.Counts.Coalesced);
        meter.CreateObservableCounter("coordinator.table.held", () => Read().SelectMany(static f => Held(f)), "s", "How long turns had the table.");
        meter.CreateObservableCounter("coordinator.table.blocked", () =>
            Read().Select(static f => Seconds(f, f.Counts.BlockedMilliseconds)), "s", "How long a write waited for another's turn.");
        meter.CreateObservableGauge("coordinator.table.queue.depth", () =>
            Now(static g => (long)g.QueueDepth), "{entry}", "Waiting writes, including updates.");
        meter.CreateObservableGauge("coordinator.table.queue.size", () => Now(static g => g.QueueBytes), "By", "The rows that wait, in memory.");
        meter.CreateObservableGauge("coordinator.table.oldest_wait", () =>
            Now(static g => g.OldestWaitMilliseconds / 1_000), "s", "The wait of the oldest write.");
        meter.CreateObservableGauge("coordinator.table.contention", () =>
            Now(static g => g.ContentionMilliseconds / 1_000), "s", "The average age of the oldest wait over five minutes.");
        meter.CreateObservableGauge("coordinator.table.active", () =>
            Now(static g => (long)g.Activations), "{activation}", "Activations on this silo.");
        meter.CreateObservableGauge("coordinator.locks", Locks, "{activation}", "Activations of tables by the state of their lock.");

        void Count(string name, string unit, string description, Func<LabelFigures, long> count) => meter.CreateObservableCounter(
            $"coordinator.table.{name}", () => Read().Select(figures => new Measurement<long>(count(figures), Table(figures))), unit, description);
    }

    private static IEnumerable<Measurement<long>> Intents(LabelFigures figures)
    {
        yield return Of(figures.Counts.Intents, "committed");
        yield return Of(figures.Counts.AlreadyCommitted, "already_committed");
        yield return Of(figures.Counts.Rejected, "rejected");
        yield return Of(figures.Counts.Failed, "failed");

        Measurement<long> Of(long count, string outcome) => new(count, Table(figures), new("outcome", outcome));
    }

    private static IEnumerable<Measurement<double>> Held(LabelFigures figures)
    {
        yield return Seconds(figures, figures.Counts.InsertsHeldMilliseconds, new KeyValuePair<string, object?>("kind", "insert"));
        yield return Seconds(figures, figures.Counts.UpdatesHeldMilliseconds, new KeyValuePair<string, object?>("kind", "update"));
    }

    private static Measurement<double> Seconds(LabelFigures figures, double milliseconds, params ReadOnlySpan<KeyValuePair<string, object?>> more) =>
        new(milliseconds / 1_000, [Table(figures), .. more]);

    private static KeyValuePair<string, object?> Table(LabelFigures figures) => new("table", figures.Label);

    private IEnumerable<Measurement<T>> Now<T>(Func<LabelGauges, T> gauge)
        where T : struct =>
        Read().Where(static f => f.Now is not null).Select(f => new Measurement<T>(gauge(f.Now!.Value), Table(f)));

    private IEnumerable<Measurement<long>> Locks()
    {
        var locks = Latest().Locks;
        return LockStates.Select(state =>
            new Measurement<long>(locks.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state.ToText())));
    }

    private IReadOnlyList<LabelFigures> Read() => Latest().Figures;

    /// <summary>The instruments of one collection are read in close succession and share a reading.</summary>
    private Reading Latest()
    {
        lock (_gate)
        {
            if (_latest.At is { } at && clock.GetElapsedTime(at) < OneCollection) return _latest;
            var (tables, forgotten) = registry.ReadForMeters();
            var locks = tables.SelectMany(static table => table.Gauges.LockStates).CountBy(static state => state).ToDictionary();
            return _latest = new Reading(_labels.Update(tables, forgotten, clock.GetUtcNow()), locks, clock.GetTimestamp());
        }
    }

    private sealed record Reading(IReadOnlyList<LabelFigures> Figures, Dictionary<LeaseState, int> Locks, long? At);
}
