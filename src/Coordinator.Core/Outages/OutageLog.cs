using Coordinator.Contention;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Core.Outages;

/// <summary>The outages of the warehouse, of its tables and of the services beside it, as one silo's calls see them. An outage begins with a failure
/// that a retry could not mend for some seconds, and ends with a success. Thread-safe; a call takes its lock twice.</summary>
public sealed class OutageLog(string silo, TimeProvider clock)
{
    /// <summary>For so long retries may mend a failure before it is an outage.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The time between two reports of an outage, and after which one without calls is no longer shown.</summary>
    public static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    // Failures further apart than this are two failures and no outage.
    private static readonly TimeSpan Streak = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<Scope, Failing> _failing = [];
    private readonly Dictionary<long, long> _running = [];
    private readonly List<OutageNews> _ended = [];
    private int _failingServices;
    private long _lastCall;
    private long _answeredAt = clock.GetTimestamp();

    /// <summary>The outages that have begun: the warehouse's own first, those of services last.</summary>
    public IReadOnlyList<OutageFigures> Current
    {
        get
        {
            lock (_gate)
            {
                return [.. _failing.Values.Where(static f => f.IsReported).Select(f => f.Figures(silo))
                    .OrderBy(static o => o.Service, StringComparer.Ordinal).ThenBy(static o => o.Table)];
            }
        }
    }

    /// <summary>True if a service beside the warehouse has failed a call and answered none since. It takes no lock.</summary>
    public bool HasFailingService => Volatile.Read(ref _failingServices) > 0;

    /// <summary>True if only a question tells whether the warehouse answers: calls have waited for longer than <see cref="Patience"/> while none
    /// was answered, or connections have failed.</summary>
    public bool IsInDoubt
    {
        get
        {
            lock (_gate)
            {
                var now = clock.GetTimestamp();
                return (_failing.TryGetValue(default, out var failing) && failing.IsOfConnection)
                    || (clock.GetElapsedTime(_answeredAt, now) >= Patience
                        && _running.Values.Any(began => clock.GetElapsedTime(began, now) >= Patience));
            }
        }
    }

    /// <summary>What hinders writes into a table now, as a sentence; null if nothing is known to.</summary>
    /// <param name="table">The table; null if only the warehouse is known.</param>
    public string? Of(TableName? table)
    {
        lock (_gate)
        {
            return _failing.TryGetValue(default, out var failing) || (table is not null && _failing.TryGetValue(new(table), out failing))
                ? failing.Figures(silo).ToString()
                : null;
        }
    }

    /// <summary>A call of the warehouse begins.</summary>
    /// <returns>Its number, for <see cref="OnEnded"/>.</returns>
    public long OnBegun()
    {
        lock (_gate)
        {
            _running.Add(++_lastCall, clock.GetTimestamp());
            return _lastCall;
        }
    }

    /// <summary>A call is over, with or without an answer.</summary>
    public void OnEnded(long call)
    {
        lock (_gate) _running.Remove(call);
    }

    /// <summary>The warehouse answered.</summary>
    /// <param name="written">The tables into which it wrote; empty if it wrote nothing.</param>
    public void OnAnswered(params ReadOnlySpan<TableName> written)
    {
        lock (_gate)
        {
            _answeredAt = clock.GetTimestamp();
            if (_failing.Count == 0) return;
            // A full disk answers questions.
            if (_failing.TryGetValue(default, out var failing) && (written.Length > 0 || failing.IsOfConnection))
                End_NeedsGate(default, failing, OutageStage.Ended);
            foreach (var table in written)
            {
                if (_failing.TryGetValue(new(table), out failing)) End_NeedsGate(new(table), failing, OutageStage.Ended);
            }
        }
    }

    /// <summary>A call failed.</summary>
    /// <param name="table">The table that it was for; null if it was for none.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="isProven">True if a retry need not be waited for.</param>
    public void OnFailed(TableName? table, WarehouseException failure, bool isProven = false)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (failure.Kind is FailureKind.Rejected or FailureKind.SchemaChanged or FailureKind.TurnLost)
        {
            // An answer, but nothing was written: the catalog rejects a name while the disk is full.
            OnAnswered();
            return;
        }

        var isOfTable = table is not null && !IsOfWarehouse(failure.Cause);
        var cause = failure.Cause == FailureCause.Unstated ? failure.Kind.ToText() : failure.Cause.ToText();
        // A question about no table may lack a right, or wait for another session's lock, while all tables are written.
        if (table is null && !isProven && !IsOfWarehouse(failure.Cause)) return;
        Add(new Scope(isOfTable ? table : null), cause, failure.Message, IsOfConnection(failure.Cause),
            isProven || failure.Cause == FailureCause.Permission);
    }

    /// <summary>A service beside the warehouse did not answer a call.</summary>
    /// <param name="service">The service, as the subject of a sentence: <c>memcached 127.0.0.1:11211</c>.</param>
    /// <param name="message">What was met instead of an answer.</param>
    public void OnServiceFailed(string service, string message) => Add(new Scope(null, service), "connection", message, isOfConnection: true);

    /// <summary>A service beside the warehouse answered a call. It need not be called while <see cref="HasFailingService"/> is false.</summary>
    public void OnServiceAnswered(string service)
    {
        var scope = new Scope(null, service);
        lock (_gate)
        {
            if (_failing.TryGetValue(scope, out var failing)) End_NeedsGate(scope, failing, OutageStage.Ended);
        }
    }

    /// <summary>What has become new by time, to be reported; call it once a second.</summary>
    public IReadOnlyList<OutageNews> Tick()
    {
        lock (_gate)
        {
            if (_failing.Count == 0 && _ended.Count == 0) return [];
            var now = clock.GetTimestamp();
            List<OutageNews> news = [.. _ended];
            _ended.Clear();
            foreach (var (scope, failing) in _failing.ToList())
            {
                if (clock.GetElapsedTime(failing.LatestAt, now) >= Reminder) End_NeedsGate(scope, failing, OutageStage.Quiet);
                else if (!failing.IsReported && failing.IsProven(clock.GetElapsedTime(failing.BeganAt, now))) Report(failing, OutageStage.Began);
                else if (failing.IsReported && clock.GetElapsedTime(failing.ReportedAt, now) >= Reminder) Report(failing, OutageStage.Lasts);
            }

            news.AddRange(_ended);
            _ended.Clear();
            return news;

            void Report(Failing failing, OutageStage stage)
            {
                failing.ReportedAt = now;
                failing.IsReported = true;
                news.Add(new OutageNews(failing.Figures(silo), clock.GetElapsedTime(failing.BeganAt, now), stage));
            }
        }
    }

    private static bool IsOfConnection(FailureCause cause) => cause is FailureCause.Connection or FailureCause.UnknownOutcome;

    private static bool IsOfWarehouse(FailureCause cause) => IsOfConnection(cause)
        || cause is FailureCause.Overload or FailureCause.DiskFull or FailureCause.ReadOnly;

    private void Add(Scope scope, string cause, string message, bool isOfConnection, bool isProven = false)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (!_failing.TryGetValue(scope, out var failing) || (!failing.IsReported && clock.GetElapsedTime(failing.LatestAt, now) > Streak))
            {
                if (failing is null && scope.Service is not null) _failingServices++;
                _failing[scope] = failing = new(scope, clock.GetUtcNow(), now);
            }

            failing.Add(cause, message, isOfConnection, isProven, now);
        }
    }

    private void End_NeedsGate(Scope scope, Failing failing, OutageStage stage)
    {
        _failing.Remove(scope);
        if (scope.Service is not null) _failingServices--;
        if (failing.IsReported) _ended.Add(new OutageNews(failing.Figures(silo), clock.GetElapsedTime(failing.BeganAt), stage));
    }

    /// <summary>A table, a service, or the warehouse.</summary>
    private readonly record struct Scope(TableName? Table, string? Service = null);

    private sealed class Failing(Scope scope, DateTimeOffset since, long beganAt)
    {
        private string _cause = "";
        private string _message = "";
        private long _failures;
        private bool _isProven;

        public long BeganAt => beganAt;

        public long LatestAt { get; private set; }

        public long ReportedAt { get; set; }

        public bool IsReported { get; set; }

        public bool IsOfConnection { get; private set; }

        public void Add(string cause, string message, bool isOfConnection, bool isProven, long now)
        {
            (_cause, _message, IsOfConnection, LatestAt) = (cause, message, isOfConnection, now);
            _failures++;
            _isProven |= isProven;
        }

        /// <summary>One failure that was not tried again proves nothing.</summary>
        public bool IsProven(TimeSpan lasted) => _isProven || (_failures > 1 && lasted >= Patience);

        public OutageFigures Figures(string silo) => new()
        {
            Table = scope.Table,
            Service = scope.Service,
            Silo = silo,
            Cause = _cause,
            Message = _message,
            Since = since,
            Failures = _failures,
        };
    }
}
