using Coordinator.Warehouse.Redshift.Redshift.Isolation;

namespace Coordinator.Warehouse.Redshift.Redshift;

/// <summary>Whose transaction it is, and in which shape it runs.</summary>
internal sealed record TransactionSettings(Guid BatchId, string Activation, IsolationLevel Isolation, TimeSpan FenceTimeout, TimeProvider Time)
{
    /// <summary>Ends the limit of the statements at the fence.</summary>
    public const string NoLimit = "SET LOCAL statement_timeout TO DEFAULT";
}
