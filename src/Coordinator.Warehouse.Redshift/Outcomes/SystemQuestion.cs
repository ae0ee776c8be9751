using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Outcomes;

/// <summary>A question about sessions that has several forms, because not every Redshift lets its users read the same system views: STV views
/// belong to provisioned clusters, SVV views are missing on Multi-AZ, and SYS views are everywhere. It remembers the form that this warehouse
/// answers.</summary>
/// <remarks>https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_system-tables.html,
/// https://docs.aws.amazon.com/redshift/latest/mgmt/overview-multi-az.html</remarks>
/// <param name="asked">What is asked, for the log: "which sessions are open".</param>
/// <param name="logger">Receives each refusal once.</param>
/// <param name="forms">The statements with the same parameters, the most precise first. Each returns session ids.</param>
internal sealed partial class SystemQuestion(string asked, ILogger logger, params IReadOnlyList<string> forms)
{
    private int _form;

    /// <summary>True while the most precise form is answered.</summary>
    public bool IsPrecise => Volatile.Read(ref _form) == 0;

    /// <summary>The session ids; null if the user may read none of the views.</summary>
    public async Task<HashSet<int>?> AskAsync(
        NpgsqlConnection connection, Action<NpgsqlParameterCollection> addParameters, CancellationToken cancellationToken)
    {
        for (var form = Volatile.Read(ref _form); form < forms.Count; form++)
        {
            try
            {
                return await ReadAsync(connection, forms[form], addParameters, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (
                e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
            {
                if (Interlocked.CompareExchange(ref _form, form + 1, form) != form) continue;
                if (form + 1 < forms.Count) LogNextForm(asked, e.MessageText);
                else LogNoForm(asked, e.MessageText);
            }
        }

        return null;
    }

    private static async Task<HashSet<int>> ReadAsync(
        NpgsqlConnection connection, string sql, Action<NpgsqlParameterCollection> addParameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        addParameters(command.Parameters);
        var found = new HashSet<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(reader.GetInt32(0));
        return found;
    }

    [LoggerMessage(3203, LogLevel.Information, "Another system view is asked {Asked}, as on Redshift Serverless and Multi-AZ: {Reason}")]
    private partial void LogNextForm(string asked, string reason);

    [LoggerMessage(3204, LogLevel.Warning,
        "No system view can be asked {Asked}: {Reason}. A session that a silo leaves open in a transaction blocks its tables until Redshift ends it. "
        + "Let the user read SYS_SESSION_HISTORY and SYS_QUERY_HISTORY and start the silo again, or limit its idle sessions: ALTER USER ... SESSION "
        + "TIMEOUT 60")]
    private partial void LogNoForm(string asked, string reason);
}
