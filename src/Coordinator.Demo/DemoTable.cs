using System.Globalization;
using Spectre.Console;

namespace Coordinator.Demo;

/// <summary>The result table.</summary>
internal static class DemoTable
{
    public static Table Of(DemoReport report)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn($"{report.Warehouse}");
        table.AddColumn(new TableColumn("uncoordinated").RightAligned());
        table.AddColumn(new TableColumn("coordinated").RightAligned());
        Add("committed", static h => Number(h.Committed));
        Add("failed by conflict", static h => Number(h.Conflicts));
        Add("  inserts", static h => Share(h.Inserts));
        Add("  job runs", static h => Share(h.Updates));
        Add("  reads", static h => Share(h.Reads));
        Add("retried", static h => Number(h.Retried));
        Add("goodput, rows/s", static h => Number(h.Goodput));
        Add("insert p50, ms", static h => Milliseconds(h.P50Milliseconds));
        Add("insert p99, ms", static h => Milliseconds(h.P99Milliseconds));
        Add("job p50, ms", static h => Milliseconds(h.Updates.P50Milliseconds));
        Add("transactions per intent", static h => h.TransactionsPerIntent.ToString("0.00", CultureInfo.InvariantCulture));
        return table;

        void Add(string name, Func<PhaseReport, string> value) => table.AddRow(name, value(report.Uncoordinated), value(report.Coordinated));
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Share(OperationReport operation) =>
        string.Create(CultureInfo.InvariantCulture, $"{operation.Conflicts:N0} of {operation.Committed + operation.Conflicts:N0} "
            + $"({(double)operation.Conflicts / Math.Max(1, operation.Committed + operation.Conflicts):0.0%})");
}
