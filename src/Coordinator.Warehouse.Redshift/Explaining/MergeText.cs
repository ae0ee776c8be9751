using Coordinator.Core.Sql;

namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>Reads the source of a MERGE. Redshift's EXPLAIN takes SELECT, SELECT INTO, CREATE TABLE AS, INSERT, UPDATE and DELETE
/// only: https://docs.aws.amazon.com/redshift/latest/dg/r_EXPLAIN.html</summary>
internal static class MergeText
{
    /// <summary>A query that reads what the MERGE reads beside its target; null if the text has no source.</summary>
    /// <param name="merge">The statement.</param>
    /// <param name="doubt">Why the query may read less than the MERGE; null if it does not.</param>
    public static string? Source(SqlStatement merge, out string? doubt)
    {
        doubt = null;
        var tokens = merge.Tokens;
        if (Find(tokens, "merge", 0) is not { } verb || Find(tokens, "using", verb) is not { } start || Find(tokens, "on", start) is not { } end)
            return null;
        if (tokens.Skip(end).Any(static token => token.IsWord("select"))) doubt = "the sub-queries of a MERGE behind its ON are not explained";
        return $"{merge.Text[..tokens[verb].Start]}SELECT * FROM {merge.Text[tokens[start].End..tokens[end].Start]}";
    }

    /// <summary>The position of a keyword outside of parentheses.</summary>
    private static int? Find(IReadOnlyList<SqlToken> tokens, string word, int from)
    {
        var depth = 0;
        for (var i = from; i < tokens.Count; i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            if (depth == 0 && tokens[i].IsWord(word)) return i;
        }

        return null;
    }
}
