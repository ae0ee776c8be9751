using System.Text.RegularExpressions;

namespace Coordinator.Warehouse.Npgsql.Failures;

/// <summary>What an administrator runs after a server's "permission denied".</summary>
/// <remarks>The texts of PostgreSQL's aclchk.c, from which Redshift's come: <c>permission denied for table events</c>, since PostgreSQL 11,
/// and <c>for relation events</c> before it and in Redshift.</remarks>
internal static partial class MissingGrant
{
    private const string User = "TO the coordinator's user";

    /// <summary>A sentence with the statement, with a space before it; empty if the message names no object.</summary>
    public static string Advice(string message)
    {
        if (Denied().Match(message) is { Success: true } denied)
        {
            var name = denied.Groups["name"].Value;
            return denied.Groups["kind"].Value switch
            {
                "schema" => $" An administrator runs: GRANT USAGE, CREATE ON SCHEMA {name} {User}.",
                "database" => $" An administrator runs: GRANT CREATE ON DATABASE {name} {User}.",
                "function" => $" An administrator runs: GRANT EXECUTE ON FUNCTION {name} {User}.",
                _ => $" An administrator runs: GRANT SELECT, INSERT, UPDATE, DELETE ON {name} {User}, or as many of them as its writes need.",
            };
        }

        return NotOwner().Match(message) is { Success: true } owned
            ? $" An administrator runs: ALTER TABLE {owned.Groups["name"].Value} OWNER {User}."
            : "";
    }

    [GeneratedRegex("""permission denied for (?<kind>relation|table|view|schema|database|function) (?<name>"(?:[^"]|"")+"|\S+)""")]
    private static partial Regex Denied();

    [GeneratedRegex("""must be owner of (?:relation|table|view) (?<name>"(?:[^"]|"")+"|\S+)""")]
    private static partial Regex NotOwner();
}
