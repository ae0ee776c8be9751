namespace Coordinator.RedshiftSimulator.Conflicts;

/// <summary>The tables that a transaction has touched so far, by the server's locks. Views are resolved to their tables.</summary>
/// <param name="Reads">Tables read, including those that are changed.</param>
/// <param name="Writes">Tables written in any way.</param>
/// <param name="Changes">Tables updated, deleted from or merged into.</param>
internal sealed record TransactionTables(IReadOnlySet<long> Reads, IReadOnlySet<long> Writes, IReadOnlySet<long> Changes)
{
    public static readonly TransactionTables None = new(new HashSet<long>(), new HashSet<long>(), new HashSet<long>());
}
