using Coordinator.Intents;

namespace Coordinator.Files.Lineages;

/// <summary>One committed intent of a lineage, with its records in the version of the file at that time.</summary>
/// <param name="Id">The intent.</param>
/// <param name="Count">The number of its records.</param>
/// <param name="Content">The sum of their contents; empty if the ledger does not have it.</param>
internal readonly record struct LineageRange(IntentId Id, long Count, Guid Content)
{
    /// <summary>The bits of a sequence for the ordinal. The generation is above them.</summary>
    private const int OrdinalBits = 40;

    /// <summary>The version of the file. A new version begins where lines were added or removed, because ordinals then mean other
    /// records.</summary>
    public long Generation => Id.Sequence >> OrdinalBits;

    /// <summary>The ordinal of its first record in that version.</summary>
    public long Ordinal => Id.Sequence & ((1L << OrdinalBits) - 1);

    /// <summary>The sequence of an intent.</summary>
    public static long SequenceOf(long generation, long ordinal) => generation << OrdinalBits | ordinal;

    /// <summary>Converts a ledger row of such an intent.</summary>
    public static LineageRange Of(CommittedRange range) => new(new IntentId(range.Origin, range.First), range.Rows, range.Content);
}
