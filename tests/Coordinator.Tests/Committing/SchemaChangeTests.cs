using Coordinator.Core.Warehouses;

namespace Coordinator.Tests.Committing;

public sealed class SchemaChangeTests
{
    [Fact]
    public void What_differs_is_named_column_by_column()
    {
        var before = Schema(Column("k", "text"), Column("v", "bigint"), Column("old", "date"));
        var now = Schema(Column("k", "text") with { IsNullable = false }, Column("v", "double precision"),
            Column("n", "int") with { HasDefault = true });
        Assert.Equal(
            "column old is dropped, column n int with a default is added, column k text is text NOT NULL now, "
            + "column v bigint is double precision now",
            SchemaChange.Describe(before, now));
    }

    [Fact]
    public void Another_order_and_a_recreated_table_are_described() => Assert.Equal(
        ("its columns are in another order", "it was made again, or its columns were, with the same names and types"),
        (SchemaChange.Describe(Schema(Column("a", "int"), Column("b", "int")), Schema(Column("b", "int"), Column("a", "int"))),
            SchemaChange.Describe(Schema(Column("a", "int")), Schema(Column("a", "int")))));

    [Fact]
    public void A_long_list_is_cut()
    {
        var now = Schema([.. Enumerable.Range(0, 20).Select(static i => Column($"c{i}", "int"))]);
        Assert.EndsWith("and 12 more", SchemaChange.Describe(Schema(), now), StringComparison.Ordinal);
    }

    private static WarehouseColumn Column(string name, string type) => new() { Name = name, Type = WarehouseType.Text, TypeName = type };

    private static TableSchema Schema(params WarehouseColumn[] columns) => new(Some.Table, columns);
}
