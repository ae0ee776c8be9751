using System.Globalization;
using Coordinator.Core.Contention;
using Coordinator.Core.Leases;
using Coordinator.Core.Queueing;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Benchmarks.Contention;

/// <summary>Real queues of many tables under an even load, with or without accounts. There is no warehouse: its work would hide the cost of
/// accounting.</summary>
internal sealed class SimulatedTables
{
    private const int Sources = 16;

    private readonly WriteQueue[] _queues;
    private readonly ActivationAccount[] _accounts;
    private readonly TableName[] _names;
    private readonly string[] _sources =
        [.. Enumerable.Range(0, Sources).Select(static i => string.Create(CultureInfo.InvariantCulture, $"ingest-{i}"))];
    private readonly RowBlock _row;
    private readonly Guid _origin = Guid.NewGuid();
    private readonly TimeSpan _flush;
    private long _sequence;

    /// <param name="names">The tables.</param>
    /// <param name="accountOf">A table's account; null for none.</param>
    /// <param name="flush">How long a turn gathers.</param>
    public SimulatedTables(TableName[] names, Func<TableName, TableAccount>? accountOf, TimeSpan flush)
    {
        _names = names;
        _accounts = accountOf is null ? [] : [.. names.Select(name => accountOf(name).Open(Held()))];
        _queues = [.. names.Select((_, i) => new WriteQueue(new WriteQueueOptions(), TimeProvider.System, accountOf is null ? null : _accounts[i]))];
        _flush = flush;
        var row = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        row[0].Append(1L);
        _row = row.Build();
    }

    /// <summary>Runs the intents, turns and ticks of one simulated second, as fast as possible.</summary>
    public void RunSecond(int intents)
    {
        var gathered = Math.Max(1, (int)(intents * _flush.TotalSeconds / _queues.Length));
        for (var i = 0; i < intents; i++)
        {
            var sequence = _sequence++;
            var at = (int)(sequence % _queues.Length);
            _ = _queues[at].Enqueue(new InsertIntent
            {
                Id = new IntentId(_origin, sequence),
                Table = _names[at],
                Rows = _row,
                Source = _sources[sequence / _queues.Length % Sources]
            });
            if (sequence / _queues.Length % gathered == 0) RunTurn(at);
        }

        for (var i = 0; i < _accounts.Length; i++) _accounts[i].OnTick(_queues[i].Snapshot(), _queues[i].FirstWaiting(ActivationAccount.MaxWaiting));
    }

    private static Lease Held()
    {
        var lease = new Lease(new("simulated"), new LeaseOptions { Ttl = TimeSpan.FromHours(1) }, TimeProvider.System, new Random(1));
        lease.OnAcquireReply(TimeProvider.System.GetTimestamp(), new LockReply(LockReplyKind.Mine, "simulated"));
        return lease;
    }

    private void RunTurn(int at)
    {
        var queue = _queues[at];
        if (queue.Advance() is not { } turn) return;
        if (_accounts.Length > 0) _accounts[at].OnCommitted(turn.Rows, TimeSpan.FromMilliseconds(20));
        queue.EndInsertTurn(static entry => new WriteReceipt { Id = entry.Id, Status = WriteStatus.Committed });
    }
}
