using System.Diagnostics;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Telemetry;

/// <summary>The activity source <c>Coordinator.Client</c>: a span from a write's call to its receipt. Silos continue its trace.</summary>
internal static class ClientSpans
{
    public const string SourceName = "Coordinator.Client";

    /// <summary>The name of a span for inserts; the table's name follows.</summary>
    public const string Insert = "insert";
    public const string Update = "update";

    /// <summary>An event: an attempt failed, and another follows after a delay.</summary>
    public const string Retry = "retry";

    /// <summary>An event: the silo answered "pending", and the write is submitted again.</summary>
    public const string Pending = "pending";

    private const string Table = "coordinator.table";
    private const string Rows = "coordinator.rows";
    private const string Intent = "coordinator.intent";
    private const string Job = "coordinator.job";
    private const string Attempts = "coordinator.attempts";
    private const string OutcomeName = "coordinator.outcome";

    public static readonly ActivitySource Source = new(SourceName);

    public static Activity? Start(InsertIntent intent) => Source.StartActivity($"{Insert} {intent.Table}", ActivityKind.Client)
        ?.SetTag(Table, intent.Table.ToString()).SetTag(Rows, intent.Rows.RowCount).SetTag(Intent, intent.Id.ToString()).SetTag(Attempts, 1);

    public static Activity? Start(UpdateIntent intent)
    {
        var span = Source.StartActivity(Update, ActivityKind.Client)?.SetTag(Intent, intent.Id.ToString()).SetTag(Attempts, 1);
        return intent.Job.Length > 0 ? span?.SetTag(Job, intent.Job) : span;
    }

    /// <summary>Adds an event for a retry to the present span, if any.</summary>
    public static void OnRetry(int attempt, TimeSpan delay, Exception? failure)
    {
        if (Activity.Current is not { } span || span.Source != Source) return;
        span.SetTag(Attempts, attempt);
        span.AddEvent(failure is null
            ? new ActivityEvent(Pending)
            : new ActivityEvent(Retry,
                tags: new ActivityTagsCollection { ["exception.type"] = failure.GetType().FullName, ["coordinator.delay"] = delay.TotalSeconds }));
    }

    public static void End(this Activity span, WriteReceipt receipt) => span.SetTag(OutcomeName, WriteOutcome.Of(receipt).Name);

    public static void End(this Activity span, Exception failure) =>
        span.SetTag(OutcomeName, WriteOutcome.Of(failure).Name).SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
}
