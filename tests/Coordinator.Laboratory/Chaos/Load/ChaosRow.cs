using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>A row of the chaos tables. Its key decides the other columns.</summary>
internal sealed record ChaosRow(long Key, long Code, string Note)
{
    /// <summary>The columns of a table. The constraint refuses <see cref="Poison"/>.</summary>
    public const string Columns = "id bigint NOT NULL, code bigint NOT NULL, note text NOT NULL CHECK (note <> '" + Poison + "')";

    /// <summary>What the tables have as text, beside the key.</summary>
    public const string ValueSql = "code::text || '|' || note";

    /// <summary>A note that no table takes.</summary>
    public const string Poison = "poison";

    private const int Letters = 26;

    private static readonly string[] Notes =
        ["plain", "it's", "\"quoted\"", @"back\slash", "tab\there", "line\nfeed", "Ünïcode, 世界 🌍", "", @"\N", "NULL"];

    public string Value => FormattableString.Invariant($"{Code}|{Note}");

    public SentRow Sent => new(Key, Value);

    public static ChaosRow Of(long key) => new(key, CodeOf(key), Notes[key % Notes.Length] + FormattableString.Invariant($" {key}"));

    /// <summary>Eight letters, read as a number: written by its bytes into a column of text it would look right and be wrong.</summary>
    private static long CodeOf(long key)
    {
        var code = 0L;
        for (var i = 0; i < sizeof(long); i++, key /= Letters) code = (code << 8) | ('a' + key % Letters);
        return code;
    }
}
