using System.Text.RegularExpressions;
using Coordinator.Core.Ledger;
using Coordinator.Tables;

namespace Coordinator.Warehouse.Npgsql.Failures;

/// <summary>What an administrator runs after a server's "permission denied".</summary>
/// <remarks>The texts of PostgreSQL's aclchk.c, from which Redshift's come: <c>permission denied for table events</c>, since PostgreSQL 11,
/// and <c>for relation events</c> before it and in Redshift.</remarks>
internal static partial class MissingGrant
{
    private const string User = "TO the coordinator's user";

    /// <summary>A sentence with the statement, with a space before it; empty if the message names no object. The server names a table without its
    /// schema.</summary>
    public static string Advice(string message)
    {
        if (Denied().Match(message) is { Success: true } denied)
        {
            var name = Quoted(denied.Groups["name"].Value);
            return denied.Groups["kind"].Value switch
            {
                "schema" => $" An administrator runs: GRANT USAGE{(name == LedgerNames.Schema ? ", CREATE" : "")} ON SCHEMA {name} {User}.",
                "database" => $" An administrator runs: GRANT CREATE ON DATABASE {name} {User}.",
                "function" => $" An administrator runs: GRANT EXECUTE ON FUNCTION {name} {User}.",
                "sequence" => $" An administrator runs: GRANT USAGE ON SEQUENCE {name} {User}, with its schema before its name.",
                _ => $" An administrator runs: GRANT SELECT, INSERT, UPDATE, DELETE ON {name} {User}, with its schema before its name, or as many of "
                    + "the rights as its writes need.",
            };
        }

        return NotOwner().Match(message) is { Success: true } owned
            ? $" An administrator runs: ALTER TABLE {Quoted(owned.Groups["name"].Value)} OWNER {User}, with its schema before its name."
            : "";
    }

    private static string Quoted(string name) => name.StartsWith('"') ? name : string.Join('.', name.Split('.').Select(IdentifierText.Quote));

    [GeneratedRegex("permission denied for (?<kind>relation|table|view|sequence|schema|database|function) (?<name>.+)$")]
    private static partial Regex Denied();

    [GeneratedRegex("must be owner of (?:relation|table|view) (?<name>.+)$")]
    private static partial Regex NotOwner();
}
