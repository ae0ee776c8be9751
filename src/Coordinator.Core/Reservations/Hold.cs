using Coordinator.Grains;
using Coordinator.Tables;

namespace Coordinator.Core.Reservations;

/// <summary>One table as its holder knows it: granted by whom, and until when that counts.</summary>
internal sealed class Hold(TableName table, ReserveRequest request)
{
    public TableName Table => table;

    /// <summary>Asks whether it still stands, and lengthens it if so.</summary>
    public ReserveRequest Renewal { get; } = request.ToRenewal();

    /// <summary>The activation that let the update in. Another one's word, given to a question that was long under way, says nothing of this hold.</summary>
    public required string Grantor { get; init; }

    /// <summary>The end of what was confirmed, as a timestamp of the holder's clock: counted from before the question left.</summary>
    public required long StandsUntil { get; set; }
}
