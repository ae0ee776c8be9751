using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Rows of a batch with the same columns, so that one COPY or INSERT writes them. Other columns take their defaults.</summary>
public sealed class RowGroup
{
    private readonly List<RowBlock> _blocks = [];
    private readonly List<(IntentId Intent, IReadOnlyList<long> Rows)> _sources = [];

    private RowGroup(IReadOnlyList<WarehouseColumn> columns) => Columns = columns;

    /// <summary>The target columns, at least one, in the order of the columns of every block.</summary>
    public IReadOnlyList<WarehouseColumn> Columns { get; }

    /// <summary>The rows. Every block has exactly these columns and no absent value.</summary>
    public IReadOnlyList<RowBlock> Blocks => _blocks;

    /// <summary>The number of rows.</summary>
    public long RowCount { get; private set; }

    /// <summary>Splits a batch by the columns of its rows, in the order of the first rows. A batch whose rows all have the same columns is one
    /// group, and its blocks are not copied.</summary>
    /// <param name="schema">The table that the rows were bound to.</param>
    /// <param name="intents">The intents, in the order of the batch.</param>
    public static IReadOnlyList<RowGroup> Split(TableSchema schema, IReadOnlyList<InsertIntent> intents)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(intents);
        var groups = new List<RowGroup>();
        var byNames = new Dictionary<string, RowGroup>(StringComparer.Ordinal);
        var (last, lastGroup) = ((RowSchema?)null, (RowGroup?)null);
        foreach (var intent in intents)
        {
            var rows = intent.Rows;
            if (HasAbsent(rows))
            {
                foreach (var (columns, picked) in ByColumns(rows))
                {
                    var group = GroupOf([.. columns.Select(i => rows.Schema.Names[i])]);
                    group.Add(intent.Id, Copy(rows, columns, picked), [.. picked.Select(static row => row + 1L)]);
                }
            }
            else
            {
                if (last is null || !last.HasSameNames(rows.Schema)) (last, lastGroup) = (rows.Schema, GroupOf(rows.Schema.Names));
                lastGroup!.Add(intent.Id, rows, new NumberRange(1, rows.RowCount));
            }
        }

        return groups;

        RowGroup GroupOf(IReadOnlyList<string> names)
        {
            var key = string.Join('\0', names);
            if (byNames.TryGetValue(key, out var known)) return known;
            var group = new RowGroup([.. names.Select(name =>
                schema.Find(name) ?? throw new InvalidOperationException($"Column {name} was not bound to {schema.Table}."))]);
            byNames.Add(key, group);
            groups.Add(group);
            return group;
        }
    }

    /// <summary>The intent of a row of this group, and the row in it, both from 1; null for a number that is not a row.</summary>
    public (IntentId Intent, long Row)? Find(long rowOfGroup)
    {
        if (rowOfGroup < 1) return null;
        var left = rowOfGroup - 1;
        foreach (var (intent, rows) in _sources)
        {
            if (left < rows.Count) return (intent, rows[(int)left]);
            left -= rows.Count;
        }

        return null;
    }

    private void Add(IntentId intent, RowBlock block, IReadOnlyList<long> rows)
    {
        _blocks.Add(block);
        _sources.Add((intent, rows));
        RowCount += block.RowCount;
    }

    private static bool HasAbsent(RowBlock rows)
    {
        for (var i = 0; i < rows.Schema.Count; i++)
        {
            if (rows.Column(i).HasAbsent) return true;
        }

        return false;
    }

    /// <summary>The rows, grouped by their columns.</summary>
    private static List<(int[] Columns, List<int> Rows)> ByColumns(RowBlock rows)
    {
        var columns = Enumerable.Range(0, rows.Schema.Count).Select(rows.Column).ToArray();
        var picked = new Dictionary<string, (int[] Columns, List<int> Rows)>(StringComparer.Ordinal);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var pattern = string.Create(columns.Length, (columns, row), static (text, state) =>
            {
                for (var i = 0; i < text.Length; i++) text[i] = state.columns[i].IsAbsent(state.row) ? '-' : '+';
            });
            if (!picked.TryGetValue(pattern, out var found))
            {
                found = ([.. Enumerable.Range(0, pattern.Length).Where(i => pattern[i] == '+')], []);
                picked.Add(pattern, found);
            }

            found.Rows.Add(row);
        }

        return [.. picked.Values];
    }

    private static RowBlock Copy(RowBlock rows, int[] columns, List<int> picked)
    {
        var builder = new RowBlockBuilder(new RowSchema([.. columns.Select(i => (rows.Schema.Names[i], rows.Schema.Types[i]))]));
        for (var i = 0; i < columns.Length; i++)
        {
            var source = rows.Column(columns[i]);
            foreach (var row in picked) builder[i].AppendFrom(source, row);
        }

        return builder.Build();
    }
}
