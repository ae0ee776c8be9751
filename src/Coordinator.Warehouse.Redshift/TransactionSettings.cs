using Coordinator.Grains;
using Coordinator.Warehouse.Redshift.Isolation;

namespace Coordinator.Warehouse.Redshift;

/// <summary>The identity of a transaction, and the form in which it runs.</summary>
internal sealed record TransactionSettings(Guid BatchId, OwnerToken Activation, IsolationLevel Isolation, TimeSpan FenceTimeout, TimeProvider Time)
{
    /// <summary>Removes the timeout of the statements at the fence.</summary>
    public const string NoLimit = "SET LOCAL statement_timeout TO DEFAULT";
}
