namespace Coordinator.RedshiftSimulator.Conflicts;

/// <summary>The tables that a transaction has touched so far, by the server's locks: whole tables, views resolved.</summary>
/// <param name="Reads">Read, those that are changed included.</param>
/// <param name="Writes">Written in any way.</param>
/// <param name="Changes">Updated, deleted from or merged into.</param>
internal sealed record TransactionTables(IReadOnlySet<long> Reads, IReadOnlySet<long> Writes, IReadOnlySet<long> Changes)
{
    public static readonly TransactionTables None = new(new HashSet<long>(), new HashSet<long>(), new HashSet<long>());
}
