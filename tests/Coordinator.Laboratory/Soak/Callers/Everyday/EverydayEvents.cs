namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>All everyday events.</summary>
internal static class EverydayEvents
{
    public static IReadOnlyList<IEverydayEvent> All { get; } =
    [
        new HangUp(),
        new Rejection(),
        new UnknownTable(),
        new NewConnection(),
        new NewClient(),
        new PassingTable(),
        new RepeatedUpdate(),
        new Look(),
    ];
}
