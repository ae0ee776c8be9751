using System.Text;
using Coordinator.Files.Records;
using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Writes records as a client does, and reads them as the client-host and the silo do.</summary>
/// <param name="format">NDJSON or CSV.</param>
/// <param name="columns">The names of the columns, id first.</param>
internal sealed class NeighbourRecords(RowFormat format, IReadOnlyList<string> columns)
{
    public RowFormat Format => format;

    /// <summary>The values that the format can express.</summary>
    public IReadOnlyList<string> Values => format == RowFormat.Csv ? NeighbourValues.Csv : NeighbourValues.Json;

    /// <summary>A request body with the records.</summary>
    /// <param name="records">The values of each, in the order of the columns.</param>
    /// <param name="order">The order in which the columns are written; null for their own order.</param>
    public byte[] Body(IEnumerable<string[]> records, int[]? order = null)
    {
        order ??= [.. Enumerable.Range(0, columns.Count)];
        var body = new StringBuilder();
        if (format == RowFormat.Csv) body.AppendJoin(',', order.Select(i => columns[i])).Append('\n');
        foreach (var record in records)
        {
            if (format == RowFormat.Csv) body.AppendJoin(',', order.Select(i => record[i]));
            else body.Append('{')
                .AppendJoin(", ", order.Where(i => record[i] != NeighbourValues.Absent).Select(i => $"\"{columns[i]}\": {record[i]}"))
                .Append('}');
            body.Append('\n');
        }

        return Encoding.UTF8.GetBytes(body.ToString());
    }

    /// <summary>The row blocks of a body that is read in chunks.</summary>
    public async Task<List<RowBlock>> ReadAsync(byte[] body, int chunkRows)
    {
        var blocks = new List<RowBlock>();
        using var stream = new MemoryStream(body);
        await foreach (var chunk in RecordReader.ReadAsync(
            format, stream, CsvDialect.Default, new ChunkLimits(chunkRows, long.MaxValue), CancellationToken.None))
        {
            using (chunk)
            {
                var block = chunk.Encode();
                Assert.True(block is not null, string.Join("; ", chunk.Errors));
                blocks.Add(block);
            }
        }

        return blocks;
    }

    /// <summary>For each record the reason for its refusal, or null, when all are read in chunks.</summary>
    public async Task<string?[]> JudgeAsync(IReadOnlyList<string[]> records, int chunkRows, TableSchema schema)
    {
        var reasons = new string?[records.Count];
        var first = 0;
        foreach (var block in await ReadAsync(Body(records), chunkRows))
        {
            var bound = RowBinder.Bind(block, schema);
            // In a block of one row the error may name the whole block.
            foreach (var error in bound.Errors) reasons[first + Math.Max(0, (int)error.Row - 1)] ??= error.Reason;
            first += block.RowCount;
        }

        return reasons;
    }
}
