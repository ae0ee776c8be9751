using System.Globalization;
using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Npgsql.Fingerprints;

/// <summary>A table's catalog entries as one text. Equal texts mean the same table with the same columns.</summary>
/// <param name="Table">The id and kind of the relation.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed record TableFingerprint(string Table, IReadOnlyList<FingerprintColumn> Columns)
{
    // Names contain these separators only in theory. If one did, only the description of a change would suffer.
    private const char Field = '\u001F';
    private const char Line = '\u001E';

    /// <summary>The failure of a transaction whose table differs from the one that its rows were bound to; null if the fingerprint found is the
    /// schema's.</summary>
    public static WarehouseException? Changed(TableSchema schema, string? found) =>
        schema.Fingerprint == found ? null : Changed(schema, Difference(schema.Fingerprint, found), cause: null);

    /// <summary>The same failure, with another description of the change.</summary>
    public static WarehouseException Changed(TableSchema schema, string change, Exception? cause) =>
        new(FailureKind.SchemaChanged, $"{schema.Table} has changed since the rows were bound to it: {change}.", cause);

    /// <summary>Describes in part of a sentence what has changed.</summary>
    public static string Difference(string expected, string? found)
    {
        if (found is null) return "it is gone";
        var (before, after) = (Parse(expected), Parse(found));
        if (before.Table != after.Table) return "it was dropped and created again, or another took its name";
        var changes = new List<string>();
        foreach (var column in before.Columns)
        {
            if (after.Columns.FirstOrDefault(other => other.Number == column.Number) is not { } now) changes.Add($"column {column.Name} is gone");
            else if (now != column) changes.Add(Difference(column, now));
        }

        changes.AddRange(after.Columns.Where(now => before.Columns.All(column => column.Number != now.Number))
            .Select(static now => $"column {now.Name} is new"));
        return string.Join(", ", changes);
    }

    public override string ToString() => string.Join(Line, Columns.Select(Text).Prepend(Table));

    private static string Difference(FingerprintColumn before, FingerprintColumn now)
    {
        var changes = new List<string>();
        if (now.Name != before.Name) changes.Add($"is named {now.Name} now");
        if (now.Type != before.Type) changes.Add("has another type");
        if (now.IsNotNull != before.IsNotNull) changes.Add(now.IsNotNull ? "takes no nulls any more" : "takes nulls now");
        if (now.HasDefault != before.HasDefault) changes.Add(now.HasDefault ? "has a default now" : "has no default any more");
        if (now.Generation != before.Generation) changes.Add("is generated in another way");
        return $"column {before.Name} {string.Join(" and ", changes)}";
    }

    private static string Text(FingerprintColumn column) => string.Join(
        Field, column.Number.ToString(CultureInfo.InvariantCulture), column.Name, column.Type, column.IsNotNull ? "t" : "f",
        column.HasDefault ? "t" : "f", column.Generation);

    private static TableFingerprint Parse(string text)
    {
        var lines = text.Split(Line);
        return new TableFingerprint(lines[0],
            [.. lines.Skip(1).Select(static line => line.Split(Field)).Where(static fields => fields.Length == 6).Select(static fields =>
                new FingerprintColumn(int.TryParse(fields[0], CultureInfo.InvariantCulture, out var number) ? number : 0, fields[1], fields[2],
                fields[3] == "t", fields[4] == "t", fields[5]))]);
    }
}
