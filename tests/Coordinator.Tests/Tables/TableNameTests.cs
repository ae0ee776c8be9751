using Coordinator.Tables;

namespace Coordinator.Tests.Tables;

public sealed class TableNameTests
{
    [Theory]
    [InlineData("events", "public.events")]
    [InlineData("Sales.Events", "sales.events")]
    [InlineData("\"Sales\".events", "\"Sales\".events")]
    [InlineData("\"sales\".\"events\"", "sales.events")]
    [InlineData("a.\"x \"\"y\"\"\"", "a.\"x \"\"y\"\"\"")]
    [InlineData(" spaced.out ", "spaced.out")]
    public void Spellings_of_one_table_are_one_name(string text, string canonical)
    {
        var name = TableName.Parse(text);
        Assert.Equal(canonical, name.ToString());
        Assert.Equal(name, TableName.Parse(name.ToString()));
        Assert.Equal(name, new TableName(name.Schema, name.Table));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData("a.b.c")]
    [InlineData("a b")]
    [InlineData("a;drop table b")]
    [InlineData("\"open")]
    [InlineData("\"\"")]
    [InlineData("\"tab\tbed\"")]
    public void What_is_no_name_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => TableName.Parse(text));
        Assert.False(TableName.TryParse(text, null, out _));
    }

    [Fact]
    public void A_part_longer_than_the_warehouse_takes_is_refused() =>
        Assert.Throws<FormatException>(() => TableName.Parse(new string('a', TableName.MaxPartBytes + 1)));

    [Fact]
    public void Names_order_ordinally() =>
        Assert.Equal(["a.z", "b.a", "b.b"], new[] { "b.b", "a.z", "b.a" }.Select(TableName.Parse).Order().Select(static n => n.ToString()));
}
