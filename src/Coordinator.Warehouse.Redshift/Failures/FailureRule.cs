using System.Text.RegularExpressions;
using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Failures;

/// <summary>One line of the table that says what a server's errors mean.</summary>
/// <param name="Cause">What it means.</param>
/// <param name="SqlState">The SQLSTATE or how it begins; empty for any.</param>
/// <param name="Message">A pattern within the message text, upper or lower case; null for any.</param>
internal sealed record FailureRule(FailureCause Cause, string SqlState = "", string? Message = null)
{
    private readonly Regex? _message = Message is null ? null : new Regex(Message, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public bool Matches(string sqlState, string message) =>
        sqlState.StartsWith(SqlState, StringComparison.Ordinal) && (_message is null || _message.IsMatch(message));
}
