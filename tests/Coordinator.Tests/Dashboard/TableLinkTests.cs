using Coordinator.Dashboard.Words;
using Coordinator.Tables;

namespace Coordinator.Tests.Dashboard;

public sealed class TableLinkTests
{
    [Theory]
    [InlineData("events", "/contention/public.events")]
    [InlineData("sales.\"My table\"", "/contention/sales.%22My%20table%22")]
    [InlineData("\"a/b?c#d%e\"", "/contention/public.%22a%2Fb%3Fc%23d%25e%22")]
    [InlineData("\"ü\"\"ö\"", "/contention/public.%22%C3%BC%22%22%C3%B6%22")]
    public void A_tables_address_leads_back_to_it(string name, string address)
    {
        var table = TableName.Parse(name);
        Assert.Equal(address, TableLink.To(table));
        var part = address["/contention/".Length..];
        // The browser's router unescapes everything; the server's keeps the escaped slash.
        Assert.Equal(table, Read(Uri.UnescapeDataString(part)));
        Assert.Equal(table, Read(Uri.UnescapeDataString(part.Replace("%2F", "%252F", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a.b.c")]
    [InlineData("no such name")]
    public void What_is_no_name_is_refused(string? part) => Assert.False(TableLink.TryRead(part, out _));

    private static TableName Read(string part) => TableLink.TryRead(part, out var table) ? table : default;
}
