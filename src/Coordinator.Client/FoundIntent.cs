using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Client;

/// <summary>The result of a look-up of an intent.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Receipt">Its receipt: pending, committed or rejected.</param>
public sealed record FoundIntent(TableName Table, WriteReceipt Receipt);
