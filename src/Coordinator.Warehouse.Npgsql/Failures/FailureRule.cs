using System.Text.RegularExpressions;
using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Npgsql.Failures;

/// <summary>One rule of the table for a server's errors.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="SqlState">The SQLSTATE or its prefix; empty for any.</param>
/// <param name="Message">A case-insensitive pattern within the message text; null for any.</param>
internal sealed record FailureRule(FailureCause Cause, string SqlState = "", string? Message = null)
{
    private readonly Regex? _message = Message is null ? null : new Regex(Message, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public bool Matches(string sqlState, string message) =>
        sqlState.StartsWith(SqlState, StringComparison.Ordinal) && (_message is null || _message.IsMatch(message));
}
