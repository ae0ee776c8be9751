using Coordinator.Tables;

namespace Coordinator.Files.Lineages;

/// <summary>All versions of a file, as the ledger of one table knows them.</summary>
/// <param name="Table">The table.</param>
/// <param name="Origin">The origin of its intents.</param>
/// <param name="Generation">The generation of new intents.</param>
/// <param name="Context">The meaning of the records besides their text: a factor of their hashes, odd so that no bit is lost.</param>
/// <param name="First">The first records of this version.</param>
internal sealed record Lineage(TableName Table, Guid Origin, long Generation, UInt128 Context, FirstRecords First);
