using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Rows of a batch with the same columns, so that one COPY or INSERT writes them. Other columns take their defaults.</summary>
public sealed class RowGroup
{
    private readonly List<RowBlock> _blocks = [];
    private readonly List<IReadOnlyList<long>> _numbers = [];

    internal RowGroup(IReadOnlyList<WarehouseColumn> columns) => Columns = columns;

    /// <summary>The target columns, at least one, in the order of the columns of every block.</summary>
    public IReadOnlyList<WarehouseColumn> Columns { get; }

    /// <summary>The rows. Every block has exactly these columns and no absent value.</summary>
    public IReadOnlyList<RowBlock> Blocks => _blocks;

    /// <summary>The number of rows.</summary>
    public long RowCount { get; private set; }

    /// <summary>The position in the batch, from 1, of a row of this group, also from 1; 0 for a number that is not a row.</summary>
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
