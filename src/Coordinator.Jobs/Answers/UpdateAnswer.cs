using Coordinator.Receipts;

namespace Coordinator.Jobs.Answers;

/// <summary>The answer of <c>update</c> and of a job's run.</summary>
public sealed record UpdateAnswer
{
    public required string IntentId { get; init; }

    public required string Job { get; init; }

    public required WriteStatus Status { get; init; }

    public required long RowsAffected { get; init; }

    /// <summary>The rows of each statement, in order.</summary>
    public IReadOnlyList<long>? StatementRows { get; init; }

    public required double WaitedMilliseconds { get; init; }

    public required double RanMilliseconds { get; init; }

    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>The run that covers this one.</summary>
    public string? CoalescedInto { get; init; }

    /// <summary>The reasons for a rejection.</summary>
    public IReadOnlyList<RowError>? Errors { get; init; }

    public static UpdateAnswer Of(WriteReceipt receipt, string job) => new()
    {
        IntentId = receipt.Id.ToString(),
        Job = job,
        Status = receipt.Status,
        RowsAffected = receipt.Rows,
        StatementRows = receipt.StatementRows.Count > 0 ? receipt.StatementRows : null,
        WaitedMilliseconds = Math.Round(receipt.Waited.TotalMilliseconds, 1),
        RanMilliseconds = Math.Round(receipt.Ran.TotalMilliseconds, 1),
        CommittedAt = receipt.CommittedAt,
        CoalescedInto = receipt.CoalescedInto?.ToString(),
        Errors = receipt.Errors.Count > 0 ? receipt.Errors : null,
    };
}
