using Coordinator.Tables;

namespace Coordinator.Doctor;

/// <summary>What to examine.</summary>
public sealed record DoctorOptions
{
    /// <summary>The tables whose rights are checked; empty for those that have a ledger.</summary>
    public IReadOnlyList<TableName> Tables { get; init; } = [];

    /// <summary>How long one check may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);
}
