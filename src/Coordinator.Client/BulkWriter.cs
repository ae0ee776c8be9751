using Coordinator.Client.Bulk;
using Coordinator.Client.Mapping;
using Coordinator.Client.Submitting;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Client;

/// <summary>Collects single rows into intents by count, bytes and time. Its memory is bounded: <see cref="AddAsync"/> waits while the maximum
/// number of intents is under way and the next one is full. Thread-safe.</summary>
/// <typeparam name="T">The type of the rows, mapped as by <see cref="ICoordinatorClient.InsertAsync{T}"/>.</typeparam>
public sealed class BulkWriter<T> : IAsyncDisposable
{
    private readonly ICoordinatorClient _client;
    private readonly TableName _table;
    private readonly BulkWriterOptions _options;
    private readonly RowMapper<T> _mapper;
    private readonly RowBlockBuilder _builder;
    private readonly ITimer _linger;
    private readonly IdSequence _ids;
    private readonly Lock _lock = new();
    private readonly HashSet<PendingBatch> _inFlight = [];
    private readonly List<BulkOutcome> _failures = [];
    private PendingBatch _pending = new(1);
    private TaskCompletionSource _room = NewSignal();
    private bool _disposed;

    internal BulkWriter(ICoordinatorClient client, TableName table, BulkWriterOptions options, TimeProvider time)
    {
        (_client, _table, _options, _mapper) = (client, table, options.Checked(), RowMapper<T>.Instance);
        _ids = new IdSequence(TableOrigin.New(table));
        _builder = new RowBlockBuilder(_mapper.Schema);
        _linger = time.CreateTimer(static writer => ((BulkWriter<T>)writer!).Send(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds a row. It is committed some time later; <see cref="FlushAsync"/> waits for that.</summary>
    /// <param name="row">The row. It is read before this method returns.</param>
    /// <param name="cancellationToken">Cancels the wait for space; then the row was not added.</param>
    /// <exception cref="InvalidRowsException">The row cannot be mapped. It was not added.</exception>
    /// <exception cref="BulkWriteException"><see cref="BulkWriterOptions.MaxFailures"/> intents failed. The row was not added;
    /// <see cref="FlushAsync"/> clears the list.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public async ValueTask AddAsync(T row, CancellationToken cancellationToken = default)
    {
        while (TryAdd(row) is { } room) await room.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends all collected rows and waits until all rows added before are committed or failed.</summary>
    /// <param name="cancellationToken">Cancels the wait, not the writes.</param>
    /// <exception cref="BulkWriteException">Intents were rejected or not answered since the last flush; all others are committed.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        Task all;
        lock (_lock)
        {
            if (_builder.RowCount > 0) _pending.IsDue = true;
            var waitFor = _inFlight.Select(static g => g.Done).ToList();
            if (_builder.RowCount > 0) waitFor.Add(_pending.Done);
            SendIfDue_NeedsLock();
            all = Task.WhenAll(waitFor);
        }

        await all.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            if (_failures.Count == 0) return;
            var failures = _failures.ToArray();
            _failures.Clear();
            throw new BulkWriteException(failures);
        }
    }

    /// <summary>Flushes, and then accepts no more rows.</summary>
    /// <exception cref="BulkWriteException">As for <see cref="FlushAsync"/>.</exception>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
        }

        try
        {
            await FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await _linger.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds the row, or returns a task to wait for before the next try.</summary>
    private Task? TryAdd(T row)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_failures.Count >= BulkWriterOptions.MaxFailures) throw new BulkWriteException([.. _failures]);
            if (_pending.IsDue && _builder.RowCount >= _options.MaxRows) return _room.Task;
            if (_pending.IsDue && _builder.SizeBytes >= _options.MaxBytes) return _room.Task;
            _mapper.Append(row, _builder);
            if (_builder.RowCount == 1) _linger.Change(_options.Linger, Timeout.InfiniteTimeSpan);
            if (_builder.RowCount >= _options.MaxRows || _builder.SizeBytes >= _options.MaxBytes) _pending.IsDue = true;
            SendIfDue_NeedsLock();
            return null;
        }
    }

    private void Send()
    {
        lock (_lock)
        {
            if (_builder.RowCount > 0) _pending.IsDue = true;
            SendIfDue_NeedsLock();
        }
    }

    private void SendIfDue_NeedsLock()
    {
        if (!_pending.IsDue || _inFlight.Count >= _options.MaxInFlight) return;
        var sent = _pending;
        sent.RowCount = _builder.RowCount;
        _pending = new PendingBatch(sent.FirstRow + sent.RowCount);
        _inFlight.Add(sent);
        RowBlock? rows = null;
        Exception? failure = null;
        try
        {
            rows = _builder.Build();
        }
        catch (InvalidRowsException e)
        {
            failure = e;
        }

        _builder.Clear();
        var options = new WriteOptions { Id = _ids.Next(), ContentHash = Guid.Empty, Source = _options.Source, Timeout = _options.Timeout };
        _ = Task.Run(() => SubmitAsync(sent, rows, failure, options));
    }

    private async Task SubmitAsync(PendingBatch sent, RowBlock? rows, Exception? failure, WriteOptions options)
    {
        var outcome = new BulkOutcome(options.Id!.Value, sent.FirstRow, sent.RowCount, rows, null, failure);
        if (rows is not null)
        {
            try
            {
                outcome = outcome with { Receipt = await _client.InsertAsync(_table, rows, options, CancellationToken.None).ConfigureAwait(false) };
            }
#pragma warning disable CA1031 // The flush throws any failure.
            catch (Exception e)
#pragma warning restore CA1031
            {
                outcome = outcome with { Error = e };
            }
        }

        TaskCompletionSource room;
        lock (_lock)
        {
            if (!outcome.IsCommitted) _failures.Add(outcome);
            _inFlight.Remove(sent);
            SendIfDue_NeedsLock();
            room = _room;
            _room = NewSignal();
        }

        room.SetResult();
        try
        {
            _options.OnOutcome?.Invoke(outcome);
        }
        finally
        {
            sent.SetDone();
        }
    }
}
