using System.Globalization;
using System.Text.Json.Serialization;

namespace Coordinator.Benchmarks.Ingest;

/// <summary>The figures of one run, the ratios that matter, and the check.</summary>
internal sealed record IngestReport(IReadOnlyList<PhaseResult> Phases, long AcknowledgedRows, long CountedRows)
{
    public const double OneRowTarget = 8;
    public const double ThousandRowsTarget = 1;

    /// <summary>Intents of one row per second, divided by plain transactions per second.</summary>
    public double OneRowRatio => Of(Phase.OneRow).WritesPerSecond / Of(Phase.PlainTransactions).WritesPerSecond;

    /// <summary>Rows per second in intents of 1,000 rows, divided by rows per second of a plain COPY.</summary>
    public double ThousandRowsRatio => Of(Phase.ThousandRows).RowsPerSecond / Of(Phase.PlainCopy).RowsPerSecond;

    /// <summary>Whether the tables hold as many rows as were acknowledged.</summary>
    public bool CountsMatch => AcknowledgedRows == CountedRows;

    [JsonIgnore]
    public IEnumerable<string> Lines =>
    [
        $"{"",-34} {"callers",8} {"writes/s",12} {"rows/s",12} {"p50 ms",10} {"p99 ms",10}",
        .. Phases.Select(phase => string.Create(
            CultureInfo.InvariantCulture,
            $"{TitleOf(phase.Phase),-34} {phase.Callers,8:N0} {phase.WritesPerSecond,12:N1} {phase.RowsPerSecond,12:N0} "
                + $"{phase.P50Milliseconds,10:N2} {phase.P99Milliseconds,10:N2}")),
        "",
        FormattableString.Invariant(
            $"one-row intents : plain transactions   {OneRowRatio,6:N2}x  (target {OneRowTarget}x, {Verdict(OneRowRatio >= OneRowTarget)})"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"1,000-row intents : plain COPY         {ThousandRowsRatio,6:N2}x  (target {ThousandRowsTarget}x, "
                + $"{Verdict(ThousandRowsRatio >= ThousandRowsTarget)})"),
        FormattableString.Invariant($"acknowledged {AcknowledgedRows:N0} rows, counted {CountedRows:N0}: {(CountsMatch ? "the same" : "DIFFERENT")}"),
    ];

    private static string Verdict(bool reached) => reached ? "reached" : "short";

    private static string TitleOf(Phase phase) => phase switch
    {
        Phase.PlainTransactions => "plain transactions, one row each",
        Phase.PlainCopy => "plain binary COPY",
        Phase.OneRow => "intents of 1 row",
        Phase.HundredRows => "intents of 100 rows",
        _ => "intents of 1,000 rows",
    };

    private PhaseResult Of(Phase phase) => Phases.First(result => result.Phase == phase);
}
