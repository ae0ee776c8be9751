using System.Text.RegularExpressions;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Credentials;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>A row that COPY could not load. Redshift's error says only that there is one; the position and reason are in a system view, outside
/// the transaction.</summary>
/// <param name="Url">The file.</param>
/// <param name="Line">The line in it, from 1.</param>
/// <param name="Column">The column.</param>
/// <param name="Reason">The reason, without the value.</param>
internal sealed partial record LoadError(string Url, long Line, string Column, string Reason)
{
    private const string Sql = """
        SELECT TRIM(file_name), line_number, TRIM(column_name), TRIM(error_message) FROM sys_load_error_detail
        WHERE session_id = $1 AND file_name LIKE $2 ORDER BY file_name, line_number LIMIT 1
        """;

    /// <summary>The first load error of a session in files below a folder; null if Redshift has none.</summary>
    public static async Task<LoadError?> FindAsync(SessionPool source, int processId, string folder)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(CancellationToken.None).ConfigureAwait(false);
            await using var command = new NpgsqlCommand(Sql, connection);
            command.Parameters.AddWithValue(processId);
            command.Parameters.AddWithValue(folder + "%");
            await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            if (!await reader.ReadAsync().ConfigureAwait(false)) return null;
            return new LoadError(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), Quoted().Replace(reader.GetString(3), "'…'"));
        }
        catch (Exception e) when (e is NpgsqlException or WarehouseException)
        {
            // The error of COPY itself is used then.
            return null;
        }
    }

    [GeneratedRegex("['\"].*['\"]", RegexOptions.Singleline)]
    private static partial Regex Quoted();
}
