namespace Coordinator.Doctor.Checking;

/// <summary>What a check found and what to do about it.</summary>
internal sealed record Finding(CheckStatus Status, string Seen, params IReadOnlyList<string> Advice)
{
    public static Finding Ok(string seen) => new(CheckStatus.Ok, seen);

    public static Finding Warning(string seen, params IReadOnlyList<string> advice) => new(CheckStatus.Warning, seen, advice);

    public static Finding Failed(string seen, params IReadOnlyList<string> advice) => new(CheckStatus.Failed, seen, advice);
}
