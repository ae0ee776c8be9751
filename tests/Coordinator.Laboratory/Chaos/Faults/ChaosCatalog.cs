using Coordinator.Laboratory.Faults;

namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>All faults. The order decides what a seed draws, so add at the end.</summary>
internal static class ChaosCatalog
{
    public static IReadOnlyList<IChaosFault> All { get; } =
    [
        new KillSilo(),
        new PauseOneSilo(),
        new CutSilo(),
        new GatewayHole(),
        new EarlierFault(new UnrelatedStop(), TimeSpan.FromSeconds(6)),
        new EarlierFault(new CutFromPeers(), TimeSpan.FromSeconds(25)),
        new KillClientHost(),
        new PauseClientHost(),
        new HangUp(),
        new PausePostgres(),
        new RestartPostgres(),
        new ReadOnlyPostgres(),
        new PostgresHole(),
        new ChangePassword(),
        new EndSessions(),
        new ExhaustConnections(),
        new DropLedger(),
        new DropFence(),
        new AddColumn(),
        new AlterType(),
        new KillMemcached(),
        new StopMemcached(),
        new FlapMemcached(),
        new FullMemcached(),
        new EmptyMemcached(),
        new CutMemcached(),
        new LargeBodies(),
        new UnknownTables(),
        new PoisonRows(),
        new SetClock(),
        new FillDisk(),
    ];
}
