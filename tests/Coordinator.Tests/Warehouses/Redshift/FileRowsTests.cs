using System.Globalization;
using System.IO.Compression;
using System.Text;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using Coordinator.Warehouse.Redshift.Staging;
using CsCheck;
using CsvHelper;

namespace Coordinator.Tests.Warehouses.Redshift;

/// <summary>A batch as compressed CSV, read back by another CSV reader.</summary>
public sealed class FileRowsTests
{
    private const string Null = "null-marker";

    [Fact]
    public void Whatever_texts_hold_is_read_back_the_same() =>
        Gen.Select(Gen.Select(Gen.Int[0, 5], Gen.String[Gen.Char["ab,\"\n\r\\ü€ "], 0, 12], static (kind, text) =>
            kind switch { 0 => null, 1 => @"\N", _ => text }).Array[1, 40], Gen.Int[1, 200]).Sample((texts, fileBytes) =>
        {
            var block = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("name", ColumnType.Text)));
            for (var i = 0; i < texts.Length; i++)
            {
                block[0].Append((long)i);
                if (texts[i] is { } text) block[1].Append(text);
                else block[1].AppendNull();
            }

            var found = Lines(block.Build(), [WarehouseType.Int64, WarehouseType.Text], fileBytes).SelectMany(static file => file).ToList();
            Assert.Equal(texts.Select((text, i) => (i.ToString(CultureInfo.InvariantCulture), text ?? Null)),
                found.Select(static fields => (fields[0], fields[1])));
        }, iter: 500);

    [Fact]
    public void Values_are_in_the_formats_that_COPY_expects_by_default()
    {
        var block = new RowBlockBuilder(new RowSchema(
            ("a", ColumnType.Int64), ("b", ColumnType.Double), ("c", ColumnType.Decimal), ("d", ColumnType.Boolean), ("e", ColumnType.Timestamp),
            ("f", ColumnType.TimestampTz), ("g", ColumnType.Date), ("h", ColumnType.Bytes)));
        block[0].Append(long.MinValue);
        block[1].Append(0.1);
        block[2].Append(-1.50m);
        block[3].Append(true);
        block[4].AppendTimestamp(new DateTime(1, 2, 3, 4, 5, 6).AddTicks(1_234_569));
        block[5].Append(new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.FromHours(2)));
        block[6].Append(new DateOnly(9999, 12, 31));
        block[7].Append(new byte[] { 0, 255 });
        var line = Assert.Single(Assert.Single(Lines(
            block.Build(),
            [WarehouseType.Int64, WarehouseType.Float64, WarehouseType.Decimal, WarehouseType.Boolean, WarehouseType.Timestamp,
                WarehouseType.TimestampTz, WarehouseType.Date, WarehouseType.Bytes],
            1_000_000)));
        Assert.Equal(["-9223372036854775808", "0.1", "-1.50", "t", "0001-02-03 04:05:06.123456", "2026-11-24 23:00:00.000000+00", "9999-12-31",
            "00ff"], line);
    }

    [Fact]
    public void A_batch_of_several_intents_is_cut_into_files_by_size_and_no_row_is_cut()
    {
        var files = FileRows.Divide([Some.Insert(1, 100_000).Rows, Some.Insert(2, 1).Rows, Some.Insert(3, 200_000).Rows], 500_000);
        Assert.InRange(files.Count, 4, 6);
        Assert.Equal(300_001, files.Sum(static file => file.Count));
        Assert.Equal(Enumerable.Range(0, files.Count), files.Select(static file => file.Number));
        Assert.Equal(files.Select(file => files.Take(file.Number).Sum(static earlier => earlier.Count)),
            files.Select(static file => file.RowsBefore));
        Assert.Equal(
            Enumerable.Range(0, 100_000).Append(0).Concat(Enumerable.Range(0, 200_000)),
            files.SelectMany(static file => Read(file, [WarehouseType.Int64]))
                .Select(static line => int.Parse(line[0], CultureInfo.InvariantCulture)));
    }

    private static List<List<string[]>> Lines(RowBlock rows, WarehouseType[] types, int fileBytes) =>
        [.. FileRows.Divide([rows], fileBytes).Select(file => Read(file, types))];

    private static List<string[]> Read(FileRows rows, WarehouseType[] types)
    {
        using var content = rows.Encode(types, Null).Content;
        return Read(content);
    }

    private static List<string[]> Read(Stream file)
    {
        using var text = new MemoryStream();
        using (var zip = new GZipStream(file, CompressionMode.Decompress)) zip.CopyTo(text);
        text.Position = 0;
        using var csv = CsvReader.Create(text, CsvReaderOptions.Default with { HasHeader = false });
        var lines = new List<string[]>();
        while (csv.Read()) lines.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => Encoding.UTF8.GetString(csv.GetSpan(i)))]);
        return lines;
    }
}
