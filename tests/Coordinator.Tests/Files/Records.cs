using System.Text;
using Coordinator.Files.Records;
using Coordinator.Rows;

namespace Coordinator.Tests.Files;

/// <summary>Reads text as a file and rows as text.</summary>
internal static class Records
{
    public static Task<List<RecordChunk>> ReadAsync(
        RowFormat format, string text, int rows = 1000, long bytes = 1024 * 1024, CsvDialect? dialect = null) =>
        ReadAsync(format, Encoding.UTF8.GetBytes(text), rows, bytes, dialect);

    public static async Task<List<RecordChunk>> ReadAsync(
        RowFormat format, byte[] content, int rows = 1000, long bytes = 1024 * 1024, CsvDialect? dialect = null)
    {
        // One byte at a time is the hardest case for the reader.
        await using var stream = content.Length < 10_000 ? (Stream)new TricklingStream(content) : new MemoryStream(content);
        var chunks = new List<RecordChunk>();
        await foreach (var chunk in RecordReader.ReadAsync(format, stream, dialect
            ?? CsvDialect.Default, new ChunkLimits(rows, bytes), CancellationToken.None)) chunks.Add(chunk);
        return chunks;
    }

    /// <summary>The only chunk, which must have no errors.</summary>
    public static async Task<RowBlock> BlockAsync(RowFormat format, string text, CsvDialect? dialect = null)
    {
        var chunk = Assert.Single(await ReadAsync(format, text, dialect: dialect));
        var block = chunk.Encode();
        Assert.True(block is not null, string.Join("; ", chunk.Errors));
        return block;
    }

    /// <summary>The text that stands for an absent value.</summary>
    public const string Absent = "<absent>";

    /// <summary>A column as its type and its values, null for null.</summary>
    public static (ColumnType Type, List<string?> Values) Column(this RowBlock block, string name)
    {
        var column = block.Column(block.Schema.IndexOf(name));
        return (column.Type,
            [.. Enumerable.Range(0, block.RowCount).Select(i => column.IsAbsent(i) ? Absent : column.IsNull(i) ? null : column.Text(i))]);
    }
}
