using Coordinator.Doctor.Checking;

namespace Coordinator.Doctor;

/// <summary>What all checks found: the answer of <c>doctor --json</c>.</summary>
/// <param name="Checks">The results in the order in which they ran.</param>
public sealed record DoctorReport(IReadOnlyList<CheckResult> Checks)
{
    /// <summary>True if no check failed. Warnings and skipped checks are allowed.</summary>
    public bool Ok => Failed == 0;

    /// <summary>How many checks failed.</summary>
    public int Failed => Of(CheckStatus.Failed);

    /// <summary>How many checks warn.</summary>
    public int Warnings => Of(CheckStatus.Warning);

    /// <summary>How many checks were skipped.</summary>
    public int Skipped => Of(CheckStatus.Skipped);

    private int Of(CheckStatus status) => Checks.Count(check => check.Status == status);
}
