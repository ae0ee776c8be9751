using Coordinator.Intents;

namespace Coordinator.Simulation.Histories;

/// <summary>One call of a caller: an intent's first submission, or a later one under the same id.</summary>
/// <param name="Id">The intent.</param>
/// <param name="Table">The table that it writes.</param>
/// <param name="Source">The caller.</param>
/// <param name="Rows">The intent's rows.</param>
/// <param name="Begun">When the call left.</param>
/// <param name="Ended">When its answer arrived, or the caller gave it up.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Text">The answer's words; empty for a receipt.</param>
internal sealed record SentCall(
    IntentId Id,
    string Table,
    string Source,
    IReadOnlyList<SentRow> Rows,
    DateTimeOffset Begun,
    DateTimeOffset Ended,
    CallAnswer Answer,
    string Text);
