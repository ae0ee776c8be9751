using System.Text;
using Coordinator.Client;
using Coordinator.ClientHost.Rows;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Inserting;

/// <summary>Sends a file's chunks, several at once, each under the id that content and position give it.</summary>
internal sealed class InsertRun(ICoordinatorClient client, TableName table, RowFormat format, ChunkLimits limits)
{
    /// <summary>Chunks parsed or on their way at once: it also bounds the memory.</summary>
    private const int MaxInFlight = 16;

    public InsertTally Tally { get; } = new();

    /// <summary>Bytes of records read so far.</summary>
    public long BytesRead { get; private set; }

    public TimeSpan? Timeout { get; init; }

    public string? Source { get; init; }

    /// <summary>Receives the records of rejected chunks, if anybody wants them.</summary>
    public RejectedRecords? RejectedTo { get; init; }

    public Task RunAsync(Stream content, Guid origin, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxInFlight, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(CountedAsync(content, cancellationToken), parallel, async (chunk, token) =>
        {
            using (chunk) await SendAsync(chunk, origin, token);
        });
    }

    /// <summary>The names of a CSV file's columns as a line of CSV, for the file of rejected records.</summary>
    public static async Task<byte[]> HeaderLineAsync(RowFormat format, Stream content, CancellationToken cancellationToken)
    {
        if (format != RowFormat.Csv) return [];
        var names = await CsvRecordReader.HeaderAsync(content, cancellationToken);
        return Encoding.UTF8.GetBytes(string.Join(',', names.Select(static n => $"\"{n.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
    }

    private async IAsyncEnumerable<RecordChunk> CountedAsync(Stream content, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in RecordReader.ReadAsync(format, content, limits, cancellationToken))
        {
            BytesRead += chunk.SourceBytes;
            yield return chunk;
        }
    }

    private async Task SendAsync(RecordChunk chunk, Guid origin, CancellationToken cancellationToken)
    {
        IReadOnlyList<RowError> errors;
        if (chunk.Encode() is { } rows)
        {
            var options = new WriteOptions { Id = new IntentId(origin, chunk.Number), Source = Source, Timeout = Timeout };
            var receipt = await client.InsertAsync(table, rows, options, cancellationToken);
            if (receipt.IsCommitted)
            {
                Tally.Committed(chunk, receipt);
                return;
            }

            errors = [.. receipt.Errors.Select(chunk.InFile)];
        }
        else
        {
            errors = chunk.Errors;
        }

        Tally.Rejected(chunk, errors);
        if (RejectedTo is not null) await RejectedTo.AddAsync(chunk, cancellationToken);
    }
}
