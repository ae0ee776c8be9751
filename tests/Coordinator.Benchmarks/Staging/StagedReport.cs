using System.Globalization;

namespace Coordinator.Benchmarks.Staging;

/// <summary>The figures of a run.</summary>
/// <param name="Rows">The number of rows, the same for both paths.</param>
/// <param name="TextBytes">Their size as CSV.</param>
/// <param name="PlainRowsPerSecond">Plain COPY into PostgreSQL.</param>
/// <param name="StagedRowsPerSecond">SDK, silo, files, COPY and ledger together.</param>
/// <param name="Copies">The number of COPY statements.</param>
/// <param name="SiloManagedLimitMegabytes">The silo's limit.</param>
/// <param name="SiloPeakMegabytes">The peak memory of the silo's process, including unmanaged memory.</param>
/// <param name="IsComplete">True if every row is stored once and the simulator refused no statement.</param>
internal sealed record StagedReport(
    long Rows, long TextBytes, double PlainRowsPerSecond, double StagedRowsPerSecond, int Copies, int SiloManagedLimitMegabytes,
    long SiloPeakMegabytes, bool IsComplete)
{
    public double Ratio => StagedRowsPerSecond / PlainRowsPerSecond;

    public IEnumerable<string> Lines =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{Rows:#,0} rows, {TextBytes / 1e6:#,0} MB as text"),
        string.Create(CultureInfo.InvariantCulture, $"plain COPY     {PlainRowsPerSecond,12:#,0} rows/s"),
        string.Create(CultureInfo.InvariantCulture,
            $"staged, COPY   {StagedRowsPerSecond,12:#,0} rows/s in {Copies} COPYs: {Ratio:0.00} times plain COPY"),
        string.Create(CultureInfo.InvariantCulture,
            $"silo           {SiloPeakMegabytes,12:#,0} MB at most, with managed memory limited to {SiloManagedLimitMegabytes} MB"),
        IsComplete ? "every row is there once" : "ROWS ARE MISSING OR DOUBLED, OR A STATEMENT WAS REFUSED",
    ];
}
