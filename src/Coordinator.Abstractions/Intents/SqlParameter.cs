namespace Coordinator.Intents;

/// <summary>A value for <c>@name</c> in an update's SQL. It takes the type that its position requires, like a quoted literal; add a cast where
/// the type is ambiguous.</summary>
/// <param name="Name">The name without <c>@</c>, in any case.</param>
/// <param name="Value">The value as text. It is never read as SQL.</param>
/// <param name="IsInstant">True for a <c>timestamptz</c>, such as a job's tick.</param>
[GenerateSerializer, Immutable, Alias("coordinator.SqlParameter")]
public sealed record SqlParameter([property: Id(0)] string Name, [property: Id(1)] string Value, [property: Id(2)] bool IsInstant = false);
