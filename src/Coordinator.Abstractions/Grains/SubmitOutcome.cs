using Coordinator.Errors;
using Coordinator.Receipts;

namespace Coordinator.Grains;

/// <summary>What <see cref="ITableGrain.SubmitAsync"/> would have returned or thrown for one intent.</summary>
/// <param name="Receipt">The receipt; null if there is none.</param>
/// <param name="Failure">Why there is no receipt; null if there is one.</param>
[GenerateSerializer, Immutable, Alias("coordinator.SubmitOutcome")]
public readonly record struct SubmitOutcome([property: Id(0)] WriteReceipt? Receipt, [property: Id(1)] CoordinatorException? Failure);
