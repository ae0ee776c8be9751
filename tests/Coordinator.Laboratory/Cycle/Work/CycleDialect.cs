using System.Globalization;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>The parts of the workload's SQL that depend on the warehouse. Redshift has no sleep function; there the commit takes the
/// time.</summary>
/// <param name="ReadOnly">The statement that begins a reader's transaction.</param>
/// <param name="CanSleep">Whether a statement can keep a transaction open.</param>
internal sealed record CycleDialect(string ReadOnly, bool CanSleep)
{
    public static CycleDialect Of(WarehouseKind warehouse) =>
        warehouse == WarehouseKind.Postgres ? new("SET TRANSACTION READ ONLY;", true) : new("", false);

    public string Sleep(TimeSpan time) => CanSleep ? string.Create(CultureInfo.InvariantCulture, $"SELECT pg_sleep({time.TotalSeconds});") : "";
}
