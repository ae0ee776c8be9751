using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using Coordinator.Client.Mapping;
using Coordinator.Rows;

namespace Coordinator.Tests.Client;

/// <summary>Which columns the properties of a row become.</summary>
public sealed class RowMapperTests
{
    public enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void Every_supported_type_becomes_the_column_of_its_kind()
    {
        var json = JsonDocument.Parse("""{"a": [1]}""");
        var row = new Everything
        {
            AnInt = -5,
            ALong = long.MaxValue,
            AShort = 3,
            AByte = 255,
            AFloat = 1.5f,
            ADouble = 0.1,
            ADecimal = 12.340m,
            AText = "ü",
            ABool = true,
            AnInstant = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            AWallClock = new DateTime(2026, 1, 2, 3, 4, 5),
            AnOffset = new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.FromHours(2)),
            ADate = new DateOnly(2026, 2, 3),
            AGuid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
            Bytes = [1, 2],
            Memory = new byte[] { 3 },
            Element = json.RootElement,
            Document = json,
            AColour = Colour.Green,
        };
        var block = RowMapper<Everything>.Instance.Encode([row]);
        Column Of(string name) => block.Column(block.Schema.IndexOf(name));
        Assert.Equal(-5, Of("an_int").Int64(0));
        Assert.Equal(long.MaxValue, Of("a_long").Int64(0));
        Assert.Equal(3, Of("a_short").Int64(0));
        Assert.Equal(255, Of("a_byte").Int64(0));
        Assert.Equal(1.5, Of("a_float").Double(0));
        Assert.Equal(0.1, Of("a_double").Double(0));
        Assert.Equal("12.340", Of("a_decimal").Decimal(0).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("ü", Of("a_text").Text(0));
        Assert.True(Of("a_bool").Boolean(0));
        Assert.Equal(row.AnInstant, Of("an_instant").TimestampTz(0));
        Assert.Equal(row.AWallClock, Of("a_wall_clock").Timestamp(0));
        Assert.Equal(row.AnOffset.UtcDateTime, Of("an_offset").TimestampTz(0));
        Assert.Equal(row.ADate, Of("a_date").Date(0));
        Assert.Equal(row.AGuid, Of("a_guid").Uuid(0));
        Assert.Equal([1, 2], Of("bytes").Bytes(0).ToArray());
        Assert.Equal([3], Of("memory").Bytes(0).ToArray());
        Assert.Equal((ColumnType.Json, """{"a": [1]}"""), (Of("element").Type, Of("element").Text(0)));
        Assert.Equal((ColumnType.Json, """{"a": [1]}"""), (Of("document").Type, Of("document").Text(0)));
        Assert.Equal((ColumnType.Text, "Green"), (Of("a_colour").Type, Of("a_colour").Text(0)));
    }

    [Fact]
    public void Nullable_values_and_null_references_are_nulls()
    {
        var block = RowMapper<Nullables>.Instance.Encode(
            [new(), new() { Number = 1, Text = "", Colour = Colour.Red, At = DateTime.UnixEpoch, Json = JsonDocument.Parse("1").RootElement }]);
        for (var column = 0; column < block.Schema.Count; column++)
        {
            Assert.True(block.Column(column).IsNull(0), block.Schema.Names[column]);
            Assert.False(block.Column(column).IsNull(1), block.Schema.Names[column]);
        }
    }

    [Fact]
    public void Names_are_snake_case_unless_an_attribute_says_otherwise()
    {
        var schema = RowMapper<Named>.Instance.Schema;
        Assert.Equal(["user_id", "Exact Name", "html_text"], schema.Names);
    }

    [Fact]
    public void Records_and_anonymous_types_are_rows_too()
    {
        var rows = new[] { new { Id = 1, Name = "a" }, new { Id = 2, Name = "b" } };
        var block = Encode(rows);
        Assert.Equal(["id", "name"], block.Schema.Names);
        Assert.Equal([1L, 2L], [block.Column(0).Int64(0), block.Column(0).Int64(1)]);

        static RowBlock Encode<T>(IEnumerable<T> rows) => RowMapper<T>.Instance.Encode(rows);
    }

    [Fact]
    public void A_time_of_unspecified_kind_is_refused_naming_the_property()
    {
        var e = Assert.Throws<InvalidRowsException>(() => RowMapper<Nullables>.Instance.Encode([new() { At = new DateTime(2026, 1, 1) }]));
        Assert.Contains("Nullables.At", e.Message, StringComparison.Ordinal);
        Assert.Contains("DateTimeKind.Utc", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_cannot_be_mapped_leaves_nothing_behind()
    {
        var mapper = RowMapper<Nullables>.Instance;
        var builder = new RowBlockBuilder(mapper.Schema);
        mapper.Append(new() { Number = 1 }, builder);
        Assert.Throws<InvalidRowsException>(() => mapper.Append(new() { Number = 2, At = new DateTime(2026, 1, 1) }, builder));
        mapper.Append(new() { Number = 3 }, builder);
        var block = builder.Build();
        Assert.Equal([1L, 3L], [block.Column(0).Int64(0), block.Column(0).Int64(1)]);
    }

    [Fact]
    public void An_unsupported_type_is_refused_naming_type_and_property()
    {
        var e = Assert.Throws<NotSupportedException>(() => RowMapper<Unsupported>.Instance);
        Assert.Contains("Unsupported.Span", e.Message, StringComparison.Ordinal);
        Assert.Contains("System.TimeSpan", e.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => RowMapper<object>.Instance);
    }

    [Fact]
    public void No_rows_and_null_rows_are_refused()
    {
        Assert.Throws<InvalidRowsException>(() => RowMapper<Named>.Instance.Encode([]));
        Assert.Contains("Row 2", Assert.Throws<InvalidRowsException>(() => RowMapper<Named>.Instance.Encode([new(), null!])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_source_ends_at_the_limit_of_a_block()
    {
        var e = Assert.Throws<InvalidRowsException>(() => RowMapper<Named>.Instance.Encode(Endless()));
        Assert.Contains("Send fewer rows", e.Message, StringComparison.Ordinal);

        static IEnumerable<Named> Endless()
        {
            var row = new Named { Renamed = new string('x', 64 * 1024) };
            while (true) yield return row;
        }
    }

    public sealed class Everything
    {
        public int AnInt { get; init; }
        public long ALong { get; init; }
        public short AShort { get; init; }
        public byte AByte { get; init; }
        public float AFloat { get; init; }
        public double ADouble { get; init; }
        public decimal ADecimal { get; init; }
        public string AText { get; init; } = "";
        public bool ABool { get; init; }
        public DateTime AnInstant { get; init; }

        [Column(TypeName = "timestamp")]
        public DateTime AWallClock { get; init; }

        public DateTimeOffset AnOffset { get; init; }
        public DateOnly ADate { get; init; }
        public Guid AGuid { get; init; }
        public byte[] Bytes { get; init; } = [];
        public ReadOnlyMemory<byte> Memory { get; init; }
        public JsonElement Element { get; init; }
        public JsonDocument Document { get; init; } = null!;
        public Colour AColour { get; init; }
    }

    public sealed class Nullables
    {
        public int? Number { get; init; }
        public string? Text { get; init; }
        public Colour? Colour { get; init; }
        public DateTime? At { get; init; }
        public JsonElement? Json { get; init; }
    }

    public sealed class Named
    {
        public int UserId { get; init; }

        [Column("Exact Name")]
        public string? Renamed { get; init; }

        public string? HtmlText { get; init; }

        [NotMapped]
        public TimeSpan LeftOut { get; init; }

        public static int NotAnInstanceProperty => 1;
    }

    public sealed class Unsupported
    {
        public TimeSpan Span { get; init; }
    }
}
