namespace Coordinator.Simulation.Histories;

/// <summary>Something that is wrong with a history.</summary>
internal sealed record Finding(FindingKind Kind, string Text)
{
    public override string ToString() => $"{Kind}: {Text}";
}
