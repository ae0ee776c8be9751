using System.Globalization;
using Coordinator.Doctor.Checking;
using Coordinator.Doctor.Net;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Isolation;
using Npgsql;

namespace Coordinator.Doctor.Sql;

/// <summary>What the server is, and who the user is.</summary>
internal sealed class ServerChecks(SqlWarehouse warehouse, TimeProvider time)
{
    private const string Provider = "Coordinator:Warehouse:Provider";

    // Every Redshift reports this version of PostgreSQL.
    private const int RedshiftMajor = 8;

    private const long ShortestTimeoutMilliseconds = 60_000;

    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    public async Task<Finding> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var version = await AskAsync<string>(connection, "SELECT version()", cancellationToken);
        var isRedshift = connection.PostgreSqlVersion.Major == RedshiftMajor;
        if (warehouse.IsRedshift && !isRedshift) return Finding.Failed($"this is PostgreSQL, no Redshift: {version}", $"Set {Provider} to Postgres.");
        if (!warehouse.IsRedshift && isRedshift) return Finding.Failed($"this is Redshift, no PostgreSQL: {version}", $"Set {Provider} to Redshift.");
        if (!warehouse.IsRedshift && await AskAsync<bool>(connection, "SELECT pg_is_in_recovery()", cancellationToken))
            return Finding.Failed($"a standby, which cannot be written to: {version}", "Give the primary's Host in the connection string.");
        return Finding.Ok(version);
    }

    public async Task<Finding> IsolationAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!warehouse.IsRedshift) return Finding.Ok("SERIALIZABLE, which each transaction sets for itself");
        var (level, doubt) = await IsolationDetector.DetectAsync(connection, cancellationToken);
        return doubt is null
            ? Finding.Ok($"{level.ToString().ToUpperInvariant()}")
            : Finding.Ok($"not shown ({doubt}); counts as SNAPSHOT, whose transactions are safe under both levels");
    }

    public static async Task<Finding> UserAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT usename::varchar(128), usesuper FROM pg_user WHERE usename = current_user", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return Finding.Warning("pg_user does not show the session's user");
        var user = reader.GetString(0);
        return reader.GetBoolean(1)
            ? Finding.Warning(
                $"{user} is a superuser",
                "Create a user with the grants of docs/first-day.md: a superuser may read and change everything, and hides missing grants.")
            : Finding.Ok($"{user}, no superuser");
    }

    public static async Task<Finding> TimeoutsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var text = await AskAsync<string>(connection, "SELECT current_setting('statement_timeout')", cancellationToken);
        if (Milliseconds(text) is not (> 0 and < ShortestTimeoutMilliseconds)) return Finding.Ok($"statement_timeout is {text}");
        var user = await UserNameAsync(connection, cancellationToken);
        return Finding.Warning(
            $"statement_timeout of this user is {text}: COPY and updates that take longer are cancelled",
            $"An administrator runs: ALTER USER {user} SET statement_timeout TO 0;");
    }

    public Task<Finding> ClockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var sql = warehouse.IsRedshift ? "SELECT SYSDATE::timestamptz" : "SELECT clock_timestamp()";
        return ClockOffset.MeasureAsync(
            time,
            async () => new DateTimeOffset((await AskAsync<DateTime>(connection, sql, cancellationToken)).ToUniversalTime(), TimeSpan.Zero),
            Microsecond,
            "sessions may be ended too early or too late, and times in the ledgers do not fit those in logs");
    }

    /// <summary>The user's name in the form that a statement takes.</summary>
    public static async Task<string> UserNameAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        IdentifierText.Quote(await AskAsync<string>(connection, "SELECT current_user::varchar(128)", cancellationToken));

    /// <summary>Redshift shows milliseconds, PostgreSQL a number with its unit; null for a longer unit than seconds.</summary>
    private static long? Milliseconds(string text)
    {
        var digits = text.TrimEnd('m', 's');
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return text[digits.Length..] switch
        {
            "" or "ms" => number,
            "s" => number * 1000,
            _ => null,
        };
    }

    public static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
