using Coordinator.Intents;

namespace Coordinator.Grains;

/// <summary>Rows of a ledger, ordered by origin and first sequence.</summary>
/// <param name="Ranges">The rows.</param>
/// <param name="IsCut">True if there are more rows: send another request for those after the last one.</param>
[GenerateSerializer, Immutable, Alias("coordinator.FindRangesResponse")]
public sealed record FindRangesResponse([property: Id(0)] CommittedRange[] Ranges, [property: Id(1)] bool IsCut)
{
    /// <summary>The maximum number of rows in a response: about two megabytes.</summary>
    public const int MaxRanges = 20_000;
}
