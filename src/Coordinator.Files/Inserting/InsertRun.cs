using Coordinator.Client;
using Coordinator.Files.Input;
using Coordinator.Files.Lineages;
using Coordinator.Files.Records;
using Coordinator.Files.Reports;
using Coordinator.Tables;

namespace Coordinator.Files.Inserting;

/// <summary>Sends the records of a file that the plan selects, several chunks at once, with the ids of the plan.</summary>
internal sealed class InsertRun(ICoordinatorClient client, TableName table, InputText input, InsertPlan plan)
{
    /// <summary>The maximum number of chunks that are parsed or sent at once. It also limits the memory.</summary>
    private const int MaxInFlight = 16;

    private long _recordsRead;
    private long _bytesLeft;

    public InsertTally Tally { get; } = new();

    /// <summary>Bytes of records read so far.</summary>
    public long BytesRead { get; private set; }

    public TimeSpan? Timeout { get; init; }

    public string? Source { get; init; }

    /// <summary>Receives the records of rejected chunks, if set.</summary>
    public RejectedRecords? RejectedTo { get; init; }

    /// <summary>Receives the records whose outcome is unknown.</summary>
    public RejectedRecords? DoubtfulTo { get; init; }

    /// <summary>Inserts the file.</summary>
    /// <exception cref="FormatException">The content has another format than expected. Nothing was sent.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ReadAsync(cancellationToken), parallel, async (chunk, token) =>
        {
            using (chunk) await TakeAsync(chunk, token);
        });
    }

    /// <summary>The checked result for the file.</summary>
    public InsertReport Report(TimeSpan took)
    {
        var doubtfulTo = DoubtfulTo is { Count: > 0 } doubtful ? doubtful.Path : null;
        var report = Tally.Report(table.ToString(), plan, RejectedTo?.Path, took) with { DoubtfulTo = doubtfulTo };
        return report with { Unaccounted = Accounting.Check(report, plan, _recordsRead, _bytesLeft, RejectedTo, DoubtfulTo, input.File) };
    }

    private async IAsyncEnumerable<RecordChunk> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var text = input.File.Rewound();
        await foreach (var chunk in input.ReadAsync(text, plan.Limits, cancellationToken))
        {
            if (chunk.Stopped is { } stopped)
            {
                if (stopped.IsOtherFormat) throw new FormatException(stopped.Reason);
                await StopAsync(stopped, cancellationToken);
                yield break;
            }

            BytesRead += chunk.SourceBytes;
            _recordsRead += chunk.Rows.Count;
            yield return chunk;
        }

        _bytesLeft = text.BytesLeft;
    }

    private async Task StopAsync(ReadBreak stopped, CancellationToken cancellationToken)
    {
        var savedTo = RejectedTo is null ? null : await RejectedTo.SaveUnreadAsync(stopped.Byte, cancellationToken);
        Tally.Unread(new UnreadPart(stopped.Row, stopped.Line, stopped.Byte, input.File.LengthBytes - stopped.Byte, stopped.Reason, savedTo));
    }

    private async Task TakeAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        switch (plan.FateOf(chunk))
        {
            case RecordFate.Committed:
                Tally.Known(chunk);
                break;
            case RecordFate.Changed:
                Tally.Changed(chunk, isExact: true);
                await SaveAsync(RejectedTo, chunk, cancellationToken);
                break;
            case RecordFate.Doubtful:
                // Not to the file of rejected records, because inserting that file would double the records that did not change.
                Tally.Changed(chunk, isExact: false);
                await SaveAsync(DoubtfulTo, chunk, cancellationToken);
                break;
            default:
                await SendAsync(chunk, cancellationToken);
                break;
        }
    }

    private async Task SendAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var errors = chunk.Errors;
        if (chunk.Encode() is { } rows)
        {
            var options = plan.Stamp(chunk, new WriteOptions { Source = Source, Timeout = Timeout });
            var receipt = await client.InsertAsync(table, rows, options, cancellationToken);
            if (receipt.IsCommitted)
            {
                Tally.Committed(chunk, receipt);
                return;
            }

            errors = [.. receipt.Errors.Select(chunk.InFile)];
        }

        Tally.Rejected(chunk, errors);
        await SaveAsync(RejectedTo, chunk, cancellationToken);
    }

    private static async Task SaveAsync(RejectedRecords? file, RecordChunk chunk, CancellationToken cancellationToken)
    {
        if (file is not null) await file.AddAsync(chunk.Source(), cancellationToken);
    }
}
