namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>Packets between clients and one silo's gateway are dropped without a word.</summary>
internal sealed class GatewayHole : IChaosFault
{
    private const int GatewayPort = 30000;

    public string Name => "gateway-hole";

    public ChaosPlace Place => ChaosPlace.Silo;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.Silo.Station.DropAsync(GatewayPort);
        await scene.LastAsync();
        await scene.Silo.Station.PassAsync(GatewayPort);
    }
}
