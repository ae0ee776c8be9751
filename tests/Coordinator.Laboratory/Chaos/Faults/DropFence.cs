using Coordinator.Core.Ledger;

namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class DropFence : IChaosFault
{
    public string Name => "drop-fence";

    public ChaosPlace Place => ChaosPlace.Tables;

    public Task StrikeAsync(ChaosScene scene) => scene.DropAsync(LedgerNames.Fence);
}
