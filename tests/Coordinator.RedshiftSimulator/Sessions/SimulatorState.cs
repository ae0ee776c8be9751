using System.Collections.Concurrent;
using Coordinator.RedshiftSimulator.Catalog;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.RedshiftSimulator.Conflicts;

namespace Coordinator.RedshiftSimulator.Sessions;

/// <summary>The state that all sessions share.</summary>
internal sealed class SimulatorState(SimulatorOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The maximum number of statements in the log.</summary>
    private const int MaxLogged = 1_000_000;

    // Keeps the beginning and the end of a long statement; the middle is rows.
    private const int HeadKept = 300;
    private const int TailKept = 100;

    private long _statements;
    private long _violations;
    private long _commits;
    private bool _isPaused;
    private long _workedAt = time.GetTimestamp();

    public SimulatorOptions Options => options;

    public TimeProvider Time => time;

    public History History { get; } = new(options.Isolation);

    public CommitQueue Commits { get; } = new(options, time);

    public SystemViews Views { get; } = new(options);

    /// <summary>Held while a commit becomes visible and enters the history, and while a snapshot is taken, so that both agree on
    /// visibility.</summary>
    public SemaphoreSlim Order { get; } = new(1, 1);

    public Func<string, CommitKill> KillAtCommit { get; set; } = static _ => CommitKill.None;

    public ConcurrentQueue<string> Log { get; } = new();

    public ConcurrentQueue<string> Refused { get; } = new();

    public long Statements => Interlocked.Read(ref _statements);

    public long Violations => Interlocked.Read(ref _violations);

    public long CommitCount => Interlocked.Read(ref _commits);

    /// <summary>Pauses the workgroup.</summary>
    public void Pause() => Volatile.Write(ref _isPaused, true);

    /// <summary>Whether a statement meets a paused workgroup, which resumes then.</summary>
    public bool Resumes()
    {
        var before = Interlocked.Exchange(ref _workedAt, Time.GetTimestamp());
        return Interlocked.Exchange(ref _isPaused, false) || (options.PausesAfter is { } idle && time.GetElapsedTime(before) > idle);
    }

    public void OnStatement(string sql)
    {
        if (Interlocked.Increment(ref _statements) <= MaxLogged) Log.Enqueue(Cut(sql));
    }

    public void OnRefused(string sql, string why)
    {
        if (Refused.Count < MaxLogged) Refused.Enqueue($"{why}: {Cut(sql)}");
    }

    public void OnViolation() => Interlocked.Increment(ref _violations);

    public void OnCommit() => Interlocked.Increment(ref _commits);

    public async ValueTask DisposeAsync()
    {
        await Views.DisposeAsync();
        Commits.Dispose();
        Order.Dispose();
    }

    private static string Cut(string sql) => sql.Length <= HeadKept + TailKept ? sql : $"{sql[..HeadKept]}…{sql[^TailKept..]}";
}
