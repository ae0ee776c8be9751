using System.Globalization;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>Where the workload's SQL depends on the warehouse. Redshift has nothing to sleep with; there a commit takes its time.</summary>
/// <param name="ReadOnly">What a reader's transaction begins with.</param>
/// <param name="CanSleep">Whether a statement can keep a transaction open.</param>
internal sealed record CycleDialect(string ReadOnly, bool CanSleep)
{
    public static CycleDialect Of(WarehouseKind warehouse) => warehouse == WarehouseKind.Postgres ? new("SET TRANSACTION READ ONLY;", true) : new("", false);

    public string Sleep(TimeSpan time) => CanSleep ? string.Create(CultureInfo.InvariantCulture, $"SELECT pg_sleep({time.TotalSeconds});") : "";
}
