using Coordinator.Intents;

namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>One committed intent of a lineage: which records of the version of the file that was inserted then.</summary>
/// <param name="Id">The intent.</param>
/// <param name="Count">Its records.</param>
/// <param name="Content">The sum of their contents; empty if the ledger does not say.</param>
internal readonly record struct LineageRange(IntentId Id, long Count, Guid Content)
{
    /// <summary>The bits of a sequence that are the ordinal; above them is the generation.</summary>
    private const int OrdinalBits = 40;

    /// <summary>
    /// Which version of the file it belongs to: another one begins where lines came or went, since ordinals mean other records then.
    /// </summary>
    public long Generation => Id.Sequence >> OrdinalBits;

    /// <summary>The ordinal of its first record in that version.</summary>
    public long Ordinal => Id.Sequence & ((1L << OrdinalBits) - 1);

    /// <summary>The sequence of an intent.</summary>
    public static long SequenceOf(long generation, long ordinal) => generation << OrdinalBits | ordinal;

    /// <summary>A ledger's row, if it is of that kind.</summary>
    public static LineageRange Of(CommittedRange range) => new(new IntentId(range.Origin, range.First), range.Rows, range.Content);
}
