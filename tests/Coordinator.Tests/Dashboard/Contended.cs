using Coordinator.Contention;
using Coordinator.Tables;

namespace Coordinator.Tests.Dashboard;

/// <summary>Small figures that tests vary.</summary>
internal static class Contended
{
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static TableContention Table(string name = "public.events") => new()
    {
        Table = TableName.Parse(name),
        Silo = "silo-1",
        QueueDepth = 0,
        OldestWaitMilliseconds = 0,
        Lock = new LockView(LeaseState.Held, "abc", 9000),
    };

    public static TableDetail Detail(TableContention? now = null) => new() { At = Now, Now = now ?? Table() };

    public static ContentionOverview Overview(params TableContention[] tables) => new()
    {
        At = Now,
        Tables = tables,
        TableCount = tables.Length,
        Totals = new TableCounts(),
        Silos = ["silo-1"],
        SilentSilos = [],
        Waits = [],
    };

    public static TurnRecord Turn(TurnKind kind, string source, int startedSecondsAgo, int endedSecondsAgo) => new()
    {
        Kind = kind,
        Source = source,
        StartedAt = Now.AddSeconds(-startedSecondsAgo),
        EndedAt = Now.AddSeconds(-endedSecondsAgo),
        Outcome = TurnOutcome.Committed,
    };
}
