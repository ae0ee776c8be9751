using Coordinator.Tables;

namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>A file through all its versions, as the ledger of one table knows it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Origin">The origin of its intents.</param>
/// <param name="Generation">The generation that new intents belong to.</param>
/// <param name="Context">What the records mean beside their text: a factor of their hashes, odd so that none is lost.</param>
/// <param name="First">The first records of this version.</param>
internal sealed record Lineage(TableName Table, Guid Origin, long Generation, UInt128 Context, FirstRecords First);
