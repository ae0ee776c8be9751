using System.Globalization;

namespace Coordinator.Core.Warehouses;

/// <summary>Describes the changes of a table.</summary>
public static class SchemaChange
{
    private const int MaxChanges = 8;

    /// <summary>Columns that were added, dropped or changed, as part of a sentence.</summary>
    public static string Describe(TableSchema before, TableSchema now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        var changes = new List<string>();
        changes.AddRange(before.Columns.Where(c => now.Find(c.Name) is null).Select(static c => $"column {c.Name} is dropped"));
        changes.AddRange(now.Columns.Where(c => before.Find(c.Name) is null).Select(static c => $"column {c.Name} {Form(c)} is added"));
        foreach (var column in now.Columns)
        {
            if (before.Find(column.Name) is { } old && Form(old) != Form(column))
                changes.Add($"column {column.Name} {Form(old)} is {Form(column)} now");
        }

        if (changes.Count == 0 && !before.Columns.Select(static c => c.Name).SequenceEqual(now.Columns.Select(static c => c.Name)))
            changes.Add("its columns are in another order");
        if (changes.Count == 0) changes.Add("it was made again, or its columns were, with the same names and types");
        return changes.Count <= MaxChanges
            ? string.Join(", ", changes)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", changes.Take(MaxChanges))} and {changes.Count - MaxChanges} more");
    }

    private static string Form(WarehouseColumn column) =>
        $"{column.TypeName}{(column.IsNullable ? "" : " NOT NULL")}{(column.HasDefault ? " with a default" : "")}"
            + $"{(column.Unwritable is null ? "" : ", which cannot be written")}";
}
