using Coordinator.Core.Ledger;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres.Ledgers;

/// <summary>Passes ranges as arrays: as many as there are, in one statement.</summary>
internal static class RangeParameters
{
    public static void AddRanges(this NpgsqlParameterCollection parameters, IReadOnlyList<SequenceRange> ranges)
    {
        parameters.AddTyped(Array(ranges, static r => r.Origin));
        parameters.AddTyped(Array(ranges, static r => r.First));
        parameters.AddTyped(Array(ranges, static r => r.Last));
    }

    public static void AddRows(this NpgsqlParameterCollection parameters, IReadOnlyList<SequenceRange> ranges) =>
        parameters.AddTyped(Array(ranges, static r => r.Rows));

    private static T[] Array<T>(IReadOnlyList<SequenceRange> ranges, Func<SequenceRange, T> part)
    {
        var values = new T[ranges.Count];
        for (var i = 0; i < values.Length; i++) values[i] = part(ranges[i]);
        return values;
    }
}
