using System.ComponentModel.DataAnnotations.Schema;
using Coordinator.Client.Mapping;
using Coordinator.Rows;

namespace Coordinator.Tests.Client;

/// <summary>Rows that are refused, and derived rows.</summary>
public sealed class RowMapperRefusalTests
{
    [Theory]
    [InlineData(0x61, 0xD800)]
    [InlineData(0xDC00, 0x62)]
    [InlineData(0xD83D, 0xD83D, 0xDE00)]
    public void Half_a_surrogate_pair_is_refused_by_property_and_leaves_no_half_row(params int[] units)
    {
        // As numbers, because the text of an attribute is UTF-8 itself.
        var text = new string(Array.ConvertAll(units, static unit => (char)unit));
        var mapper = RowMapper<Note>.Instance;
        var builder = new RowBlockBuilder(mapper.Schema);
        mapper.Append(new Note { Text = "whole \uD83D\uDE00" }, builder);
        var refused = Assert.Throws<InvalidRowsException>(() => mapper.Append(new Note { Text = text }, builder));
        Assert.Contains("Note.Text", refused.Message, StringComparison.Ordinal);
        Assert.Equal("whole \uD83D\uDE00", builder.Build().Column(0).Text(0));
        Assert.Throws<InvalidRowsException>(() => new RowBlockBuilder(mapper.Schema)[0].Append(text));
    }

    [Fact]
    public void A_derived_row_with_more_columns_is_refused_by_its_type()
    {
        var refused = Assert.Throws<InvalidRowsException>(() =>
            RowMapper<Note>.Instance.Encode([new Note { Text = "a" }, new TaggedNote { Text = "b", Tag = "t" }]));
        Assert.Contains("Row 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(TaggedNote), refused.Message, StringComparison.Ordinal);
        Assert.Contains("tag", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_derived_row_without_more_columns_is_one_of_its_base()
    {
        var block = RowMapper<Note>.Instance.Encode(
            [new PlainNote { Text = "a", Secret = "s" }, new Note { Text = "b" }, new PlainNote { Text = "c" }]);
        Assert.Equal(["a", "b", "c"], Enumerable.Range(0, 3).Select(row => block.Column(0).Text(row)));
    }

    private class Note
    {
        public string Text { get; init; } = "";
    }

    private sealed class TaggedNote : Note
    {
        public string Tag { get; init; } = "";
    }

    private sealed class PlainNote : Note
    {
        [NotMapped]
        public string Secret { get; init; } = "";
    }
}
