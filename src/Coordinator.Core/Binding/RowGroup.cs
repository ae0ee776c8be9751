using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Rows of a batch that have the same columns, so that one COPY or INSERT writes them. A column that is not among them takes its default.</summary>
public sealed class RowGroup
{
    private readonly List<RowBlock> _blocks = [];
    private readonly List<IReadOnlyList<long>> _numbers = [];

    internal RowGroup(IReadOnlyList<WarehouseColumn> columns) => Columns = columns;

    /// <summary>The target columns, at least one, in the order of the columns of every block.</summary>
    public IReadOnlyList<WarehouseColumn> Columns { get; }

    /// <summary>The rows. Every block has exactly these columns and nothing absent.</summary>
    public IReadOnlyList<RowBlock> Blocks => _blocks;

    /// <summary>The number of rows.</summary>
    public long RowCount { get; private set; }

    /// <summary>The place in the batch, from 1 up, of a row of this group, which counts from 1 up too; 0 for a number that is no row's.</summary>
    public long RowOfBatch(long rowOfGroup)
    {
        if (rowOfGroup < 1) return 0;
        var left = rowOfGroup - 1;
        foreach (var numbers in _numbers)
        {
            if (left < numbers.Count) return numbers[(int)left];
            left -= numbers.Count;
        }

        return 0;
    }

    internal void Add(RowBlock block, IReadOnlyList<long> numbers)
    {
        _blocks.Add(block);
        _numbers.Add(numbers);
        RowCount += block.RowCount;
    }
}
