using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Soak.Callers;

/// <summary>What the callers have done so far.</summary>
/// <param name="Answers">The number of calls by their answers.</param>
/// <param name="Happened">How often each everyday event happened.</param>
/// <param name="Troubles">What should not have happened.</param>
internal sealed record CallersProgress(
    IReadOnlyDictionary<CallAnswer, long> Answers, IReadOnlyDictionary<string, long> Happened, IReadOnlyList<string> Troubles)
{
    public static CallersProgress None { get; } = new(new Dictionary<CallAnswer, long>(), new Dictionary<string, long>(), []);

    public long Calls => Answers.Values.Sum();

    public long Acknowledged => Answers.GetValueOrDefault(CallAnswer.Committed);
}
