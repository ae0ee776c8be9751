using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Coordinator.Contention;
using Coordinator.Core.Contention;
using Coordinator.Core.Contention.Labels;
using Coordinator.Core.Leases;
using Coordinator.Core.Outages;
using Coordinator.Tables;

namespace Coordinator.Grains.Contention;

/// <summary>The accounts of this silo's tables.</summary>
internal sealed class ContentionRegistry(ILocalSiloDetails silo, OutageLog outages, TimeProvider clock)
{
    private const int MaxWaits = 1_000;

    private static readonly TimeSpan ForgetPeriod = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<TableName, TableAccount> _accounts = new();
    private readonly Lock _gate = new();
    private TableCounts _forgotten;
    private long _forgottenAt = clock.GetTimestamp();

    /// <summary>The bytes that wait in the queues of all tables of this silo.</summary>
    public StrongBox<long> QueuedBytes { get; } = new();

    /// <summary>A table's account. It is kept for at least an hour from now.</summary>
    public TableAccount Of(TableName table)
    {
        lock (_gate)
        {
            ForgetQuiet_NeedsGate();
            var account = _accounts.GetOrAdd(table, static (table, self) => new TableAccount(table, self.Silo, self.Clock), this);
            account.Touch();
            return account;
        }
    }

    /// <summary>Adds an activation to its table's account.</summary>
    public ActivationAccount Open(TableName table, ILease? lease)
    {
        // The gate prevents that the account is dropped before the activation is in it.
        lock (_gate) return Of(table).Open(lease);
    }

    /// <summary>Drops the account of a name that is no table, unless it shows more than refusals. The totals keep its counts.</summary>
    public void Drop(TableName table)
    {
        lock (_gate)
        {
            if (_accounts.TryGetValue(table, out var account) && account.HasOnlyRefusals()) Drop_NeedsGate(table, account);
        }
    }

    /// <summary>This silo's most contended tables.</summary>
    public SiloContention Read(int limit)
    {
        ICollection<TableAccount> accounts;
        TableCounts totals;
        // The gate prevents that a table is dropped in the meantime, so that each table is counted once.
        lock (_gate)
        {
            accounts = _accounts.Values;
            totals = accounts.Aggregate(_forgotten, static (sum, account) => sum.Plus(account.Counts()));
        }

        var ranked = accounts.Select(static account => (Account: account, Contention: account.Contention()))
            .OrderByDescending(static a => a.Contention).ThenBy(static a => a.Account.Table).Take(limit);
        return new SiloContention(
            silo.Name, [.. ranked.Select(static a => a.Account.Read())], accounts.Count, totals, ReadWaits(), outages.Current);
    }

    /// <summary>All details of one table; null if this silo does not know it.</summary>
    public TableDetail? Read(TableName table) => _accounts.GetValueOrDefault(table)?.ReadDetail();

    /// <summary>The updates that hold tables or wait for them.</summary>
    public IReadOnlyList<WaitEdge> ReadWaits() => [.. _accounts.Values.SelectMany(static a => a.ReadWaits()).Take(MaxWaits)];

    /// <summary>The figures of every table for metrics, and the counts of dropped tables.</summary>
    public (IReadOnlyList<TableReading> Tables, TableCounts Forgotten) ReadForMeters()
    {
        lock (_gate) return ([.. _accounts.Values.Select(static account => account.ReadForMeters())], _forgotten);
    }

    private string Silo => silo.Name;

    private TimeProvider Clock => clock;

    /// <summary>Drops quiet tables and keeps their counts in the totals.</summary>
    private void ForgetQuiet_NeedsGate()
    {
        if (clock.GetElapsedTime(_forgottenAt) < ForgetPeriod) return;
        _forgottenAt = clock.GetTimestamp();
        foreach (var (table, account) in _accounts)
        {
            if (account.IsForgotten()) Drop_NeedsGate(table, account);
        }
    }

    private void Drop_NeedsGate(TableName table, TableAccount account)
    {
        if (_accounts.TryRemove(table, out _)) _forgotten = _forgotten.Plus(account.Counts());
    }
}
