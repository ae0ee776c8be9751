using Microsoft.Extensions.Logging;

namespace Coordinator.Client.Connecting;

/// <summary>A time in which no silo answers the client, as its log has it: one line at its begin, one a minute, and one at its end. Each call hears
/// of it by its own exception too, but only when its time is over.</summary>
internal sealed partial class SiloOutage(TimeProvider time, ILogger logger)
{
    /// <summary>For so long retries may mend a failure before it is an outage.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _began;
    private long? _reportedAt;
    private long _failures;

    /// <summary>True from the first attempt without an answer to the next answer.</summary>
    public bool IsFailing { get; private set; }

    /// <summary>When the latest answer came: a timestamp. A lost attempt says nothing about the time before it.</summary>
    public long AnsweredAt { get; set; } = time.GetTimestamp();

    /// <summary>An attempt got no answer.</summary>
    /// <param name="failure">What it got instead.</param>
    /// <param name="began">When it was sent: a timestamp.</param>
    public void OnFailed(Exception failure, long began)
    {
        TimeSpan lasted;
        bool isFirstReport;
        long failures;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (!IsFailing) (IsFailing, _began, _failures, _reportedAt) = (true, Math.Max(began, AnsweredAt), 0, null);
            failures = ++_failures;
            lasted = time.GetElapsedTime(_began, now);
            isFirstReport = _reportedAt is null;
            if (lasted < Patience || (_reportedAt is { } at && time.GetElapsedTime(at, now) < Reminder)) return;
            _reportedAt = now;
        }

        if (isFirstReport) LogBegan(failure.Message);
        else LogLasts(Rounded(lasted), failures, failure.Message);
    }

    /// <summary>A silo answered. It need not be called while <see cref="IsFailing"/> is false.</summary>
    public void OnAnswered()
    {
        TimeSpan lasted;
        long failures;
        lock (_gate)
        {
            if (!IsFailing) return;
            IsFailing = false;
            if (_reportedAt is null) return;
            (lasted, failures) = (time.GetElapsedTime(_began), _failures);
        }

        LogEnded(Rounded(lasted), failures);
    }

    private static TimeSpan Rounded(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));

    [LoggerMessage(4020, LogLevel.Error, "No silo answers: {Reason}")]
    private partial void LogBegan(string reason);

    [LoggerMessage(4021, LogLevel.Error, "No silo has answered for {Lasted}, {Failures} attempts failed: {Reason}")]
    private partial void LogLasts(TimeSpan lasted, long failures, string reason);

    [LoggerMessage(4022, LogLevel.Information, "A silo answers again after {Lasted} and {Failures} failed attempts")]
    private partial void LogEnded(TimeSpan lasted, long failures);
}
