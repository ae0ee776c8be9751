namespace Coordinator.Grains;

/// <summary>The outcomes of a <see cref="SubmitManyRequest"/>.</summary>
/// <param name="Outcomes">One for each intent, in the order of the request.</param>
[GenerateSerializer, Immutable, Alias("coordinator.SubmitManyResponse")]
public sealed record SubmitManyResponse([property: Id(0)] IntentOutcome[] Outcomes);
