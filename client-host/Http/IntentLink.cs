using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Http;

/// <summary>Where to ask what became of an intent. It names the table, so that one ledger is asked and not all of them.</summary>
internal sealed record IntentLink(IntentId Id, TableName Table)
{
    /// <summary>The path, from the host's root.</summary>
    public override string ToString() => $"/v1/intents/{Id}?table={Uri.EscapeDataString(Table.ToString())}";
}
