namespace Coordinator.Doctor.Checking;

/// <summary>The result of one check.</summary>
/// <param name="Name">The check's name, such as <c>warehouse login</c> or <c>table sales.orders</c>.</param>
/// <param name="Status">The outcome.</param>
/// <param name="Seen">What the check found, without secrets.</param>
/// <param name="Advice">What to do, one action a line: a statement for an administrator, or a setting.</param>
public sealed record CheckResult(string Name, CheckStatus Status, string Seen, IReadOnlyList<string> Advice);
