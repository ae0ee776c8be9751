using Coordinator.Core.Ledger;

namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class DropLedger : IChaosFault
{
    public string Name => "drop-ledger";

    public ChaosPlace Place => ChaosPlace.Tables;

    public Task StrikeAsync(ChaosScene scene) => scene.DropAsync(LedgerNames.Ledger);
}
