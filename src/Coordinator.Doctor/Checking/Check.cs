namespace Coordinator.Doctor.Checking;

/// <summary>One check.</summary>
/// <param name="Name">Its name, for results and for the needs of other checks.</param>
/// <param name="RunAsync">Looks and judges. An exception is a failure with the exception's message.</param>
internal sealed record Check(string Name, Func<CancellationToken, Task<Finding>> RunAsync)
{
    /// <summary>The checks without which this one has no meaning: if one of them fails, this one is skipped.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What to do if there is no answer within the limit.</summary>
    public string AdviceOnSilence { get; init; } = "";
}
