using Coordinator.Contention;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Grains.Contention;

/// <summary>An update's entries in the accounts of its tables on the silo that runs it. Its turns are recorded on the tables' own
/// silos.</summary>
internal sealed class UpdateAccounts(ContentionRegistry registry, UpdateIntent intent)
{
    /// <summary>The name for operators: the job's name, otherwise the writer's name for itself.</summary>
    public string Source => intent.Job.Length > 0 ? $"job {intent.Job}" : intent.Source;

    /// <summary>A try failed in the warehouse.</summary>
    public void OnFailed(WarehouseException failure, bool isRetried)
    {
        foreach (var table in intent.Writes) registry.Of(table).OnUpdateFailed(Source, failure, isRetried);
    }

    /// <summary>The update has its receipt.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="coalesced">The number of later ticks of its job that it covers.</param>
    public void OnEnded(WriteReceipt receipt, long coalesced) =>
        Tell(receipt.Status == WriteStatus.Rejected ? TurnOutcome.Rejected : TurnOutcome.Committed, receipt.Rows, coalesced);

    /// <summary>The update ended without a receipt.</summary>
    public void OnGivenUp(Exception failure)
    {
        if (failure is WarehouseException inWarehouse) OnFailed(inWarehouse, isRetried: false);
        Tell(TurnOutcome.Failed, 0, 0);
    }

    private void Tell(TurnOutcome outcome, long rows, long coalesced)
    {
        var id = intent.Id.ToString();
        foreach (var table in intent.Writes) registry.Of(table).OnUpdateEnded(id, outcome, rows, coalesced);
        foreach (var table in intent.Reads.Except<TableName>(intent.Writes)) registry.Of(table).OnUpdateEnded(id, outcome, rows, 0);
    }
}
