using System.Globalization;
using Coordinator.Intents;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Soak.Callers;

/// <summary>A call as a line of a file. A row's key decides its other columns, so the line has the first key and the number of rows.</summary>
internal static class CallLine
{
    private const char Separator = '\t';
    private const string Computed = "computed";
    private const int Fields = 10;

    public static string Of(SentCall call) => string.Join(
        Separator,
        call.Id,
        call.Table,
        call.Source,
        Text(call.Begun.UtcTicks),
        Text(call.Ended.UtcTicks),
        call.Answer,
        Text(call.Rows[0].Key),
        Text(call.Rows.Count),
        call.Rows[0].Value is null ? Computed : "",
        call.Text.ReplaceLineEndings(" ").Replace(Separator, ' '));

    public static SentCall Parse(string line)
    {
        if (line.Split(Separator, Fields) is not
            [var id, var table, var source, var begun, var ended, var answer, var first, var count, var kind, var text])
        {
            throw new FormatException($"'{line}' is no call.");
        }

        return new SentCall(
            IntentId.Parse(id, CultureInfo.InvariantCulture), table, source, Rows(Number(first), Number(count), kind == Computed), Time(begun),
            Time(ended), Enum.Parse<CallAnswer>(answer), text);
    }

    private static SentRow[] Rows(long first, long count, bool isComputed)
    {
        var rows = new SentRow[count];
        for (var i = 0; i < rows.Length; i++) rows[i] = isComputed ? new SentRow(first + i, null) : ChaosRow.Of(first + i).Sent;
        return rows;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string ticks) => new(Number(ticks), TimeSpan.Zero);
}
