using System.Globalization;
using Coordinator.Core.Auditing;

namespace Coordinator.Doctor.Auditing;

/// <summary>A committed transaction in the answer of <c>audit</c>.</summary>
internal sealed record WriteView(
    string Table, Guid BatchId, string Activation, DateTimeOffset StartedAt, DateTimeOffset EndedAt, long Origins, long Intents, long Rows)
{
    public static WriteView Of(LedgerWrite write) =>
        new(write.Table.ToString(), write.BatchId, write.Activation, write.StartedAt, write.EndedAt, write.Origins, write.Intents, write.Rows);

    /// <summary>The text form.</summary>
    public string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"{StartedAt:yyyy-MM-dd HH:mm:ss.fff}Z  {(EndedAt - StartedAt).TotalMilliseconds,8:0.0} ms  {Table}: {Words.Count(Rows, "row")}, "
            + $"{Words.Count(Intents, "intent")} of {Words.Count(Origins, "origin")}, batch {BatchId}, activation {Activation}");
}
