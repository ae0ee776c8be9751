using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;

namespace Coordinator.Tests.Binding;

public sealed class RowGroupTests
{
    private static readonly TableSchema Schema = new(Some.Table, [Column("id"), Column("n"), Column("m")]);

    [Fact]
    public void Rows_that_all_have_the_same_columns_are_one_group_of_the_very_blocks()
    {
        var intents = new[] { Intent(0, Block("id,n", "1,2")), Intent(1, Block("id,n", "3,4", "5,null")) };
        var group = Assert.Single(RowGroup.Split(Schema, intents));
        Assert.Equal(["id", "n"], group.Columns.Select(static c => c.Name));
        Assert.Same(intents[1].Rows, group.Blocks[1]);
        Assert.Equal(3, group.RowCount);
        Assert.Equal([(Some.Id(0), 1), (Some.Id(1), 2), null], new[] { group.Find(1), group.Find(3), group.Find(4) });
    }

    [Fact]
    public void Rows_without_a_column_are_a_group_of_their_own_and_keep_their_numbers()
    {
        var groups = RowGroup.Split(Schema, [Intent(0, Block("id,n", "1,2", "3,-", "5,null")), Intent(1, Block("id", "7"))]);
        Assert.Equal(["id,n", "id"], groups.Select(static g => string.Join(',', g.Columns.Select(static c => c.Name))));
        Assert.Equal([(Some.Id(0), 1), (Some.Id(0), 3)], new[] { groups[0].Find(1), groups[0].Find(2) });
        Assert.Equal([(Some.Id(0), 2), (Some.Id(1), 1)], new[] { groups[1].Find(1), groups[1].Find(2) });
        Assert.Equal([3L, 7L], groups[1].Blocks.SelectMany(static b => Enumerable.Range(0, b.RowCount).Select(row => b.Column(0).Int64(row))));
        Assert.True(groups[0].Blocks[0].Column(1).IsNull(1));
        Assert.False(groups[0].Blocks[0].Column(1).HasAbsent);
    }

    [Fact]
    public void The_same_names_in_another_order_are_another_group()
    {
        var groups = RowGroup.Split(Schema, [Intent(0, Block("id,n", "1,2")), Intent(1, Block("n,id", "3,4")), Intent(2, Block("id,n", "5,6"))]);
        Assert.Equal([2, 1], groups.Select(static g => g.Blocks.Count));
        Assert.Equal((Some.Id(2), 1), groups[0].Find(2));
    }

    private static WarehouseColumn Column(string name) => new() { Name = name, Type = WarehouseType.Int64, TypeName = "bigint", HasDefault = true };

    private static InsertIntent Intent(long sequence, RowBlock rows) => new() { Id = Some.Id(sequence), Table = Some.Table, Rows = rows };

    private static RowBlock Block(string names, params string[] rows)
    {
        var builder = new RowBlockBuilder(new RowSchema([.. names.Split(',').Select(static name => (name, ColumnType.Int64))]));
        foreach (var row in rows)
        {
            foreach (var (value, i) in row.Split(',').Select(static (value, i) => (value, i)))
            {
                if (value == "-") builder[i].AppendAbsent();
                else if (value == "null") builder[i].AppendNull();
                else builder[i].Append(long.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return builder.Build();
    }
}
