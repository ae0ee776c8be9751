using Coordinator.Core.Ledger;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Ledgers;

/// <summary>Passes any number of ranges as arrays in one statement.</summary>
internal static class RangeParameters
{
    /// <summary>($1 origins, $2 firsts, $3 lasts.)</summary>
    public static void AddRanges(this NpgsqlParameterCollection parameters, IReadOnlyList<SequenceRange> ranges)
    {
        parameters.AddTyped(Array(ranges, static r => r.Origin));
        parameters.AddTyped(Array(ranges, static r => r.First));
        parameters.AddTyped(Array(ranges, static r => r.Last));
    }

    /// <summary>($4 rows, $5 contents.)</summary>
    public static void AddContents(this NpgsqlParameterCollection parameters, IReadOnlyList<SequenceRange> ranges)
    {
        parameters.AddTyped(Array(ranges, static r => r.Rows));
        parameters.AddTyped(Array<Guid?>(ranges, static r => r.Content == Guid.Empty ? null : r.Content));
    }

    /// <summary>Reads a row of a result with ranges.</summary>
    public static KnownRange ReadKnown(this NpgsqlDataReader reader) => new(
        new SequenceRange(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3),
            reader.IsDBNull(6) ? Guid.Empty : reader.GetGuid(6)),
        new LedgerEntry(reader.GetGuid(4), new DateTimeOffset(reader.GetDateTime(5))));

    private static T[] Array<T>(IReadOnlyList<SequenceRange> ranges, Func<SequenceRange, T> part)
    {
        var values = new T[ranges.Count];
        for (var i = 0; i < values.Length; i++) values[i] = part(ranges[i]);
        return values;
    }
}
