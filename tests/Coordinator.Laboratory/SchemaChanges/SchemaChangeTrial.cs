using System.Text;
using Coordinator.Client;
using Coordinator.Core.Ledger;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>Runs one case: rows, the change, more rows; then reads every value back.</summary>
internal sealed class SchemaChangeTrial(IAlteredWarehouse warehouse, ICoordinatorClient client, TimeSpan answerWithin)
{
    private static readonly RowSchema Columns = new(("k", ColumnType.Json), ("v", ColumnType.Json));

    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>The problems found; empty if there are none. Null if the warehouse does not support the change.</summary>
    public async Task<IReadOnlyList<string>?> RunAsync(SchemaChangeCase change, SchemaChangeCounts counts)
    {
        var statements = warehouse.Statements(change);
        if (statements.Count == 0) return null;
        await warehouse.RunAsync(AlteredSql.Create(change, warehouse.KeyType));
        var sent = new List<SentRow> { await SendAsync(change, "before", change.From.Values[0], isOld: true) };
        var problems = new List<string>();
        if (sent[0].Receipt is not { IsCommitted: true }) problems.Add($"{change}: the first row is not committed: {Answer(sent[0])}");

        using var over = new CancellationTokenSource();
        var traffic = change.MidTraffic ? Enumerable.Range(0, 3).Select(i => SendUntilAsync(change, i, over.Token)).ToArray() : [];
        if (change.MidTraffic) await SendAsync(change, "pace", change.From.Values[0], isOld: true);
        var altered = await AlterAsync(change, statements);
        if (altered is not null) problems.Add($"{change}: {altered}");
        var alteredAt = _clock.GetUtcNow();
        await over.CancelAsync();
        foreach (var rows in traffic) sent.AddRange((await rows).Select(row => row with { IsOld = !(row.Receipt?.CommittedAt > alteredAt) }));

        var values = change.To.Values.Concat(change.From.Values).Distinct().ToList();
        sent.AddRange(await Task.WhenAll(values.Select((json, i) => SendAsync(change, $"after{i}", json, isOld: false))));
        problems.AddRange(await CheckAsync(change, sent, counts));
        if (problems.Count == 0) await warehouse.RunAsync(Drop(TableName.Parse(change.Table)));
        return problems;
    }

    /// <summary>Drops the table and its side tables. DuckDB scans the whole catalog to open a table, so thousands of cases would make each
    /// slower than the one before.</summary>
    private static string Drop(TableName table) =>
        string.Join("; ", new[] { table, LedgerNames.Ledger(table), LedgerNames.Fence(table) }.Select(static name => $"DROP TABLE IF EXISTS {name}"));

    private async Task<string?> AlterAsync(SchemaChangeCase change, IReadOnlyList<string> statements)
    {
        if (change.Actor == Actor.Stranger)
        {
            foreach (var statement in statements) await warehouse.RunAsync(statement);
            return null;
        }

        // A warehouse may alter a table once per transaction. But between DROP and CREATE there is no table to write to.
        foreach (var statement in change.Alteration == Alteration.DropAndCreate ? [string.Join("; ", statements)] : statements)
        {
            var receipt = await client.UpdateAsync(new UpdateRequest { Sql = statement, Writes = [TableName.Parse(change.Table)] });
            if (!receipt.IsCommitted) return $"the update was refused: {string.Join(" ", receipt.Errors)}";
        }

        return null;
    }

    private async Task<List<SentRow>> SendUntilAsync(SchemaChangeCase change, int sender, CancellationToken over)
    {
        var sent = new List<SentRow>();
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            var kind = i % 2 == 0 ? change.From : change.To;
            sent.Add(await SendAsync(change, FormattableString.Invariant($"during{sender}.{i}"), kind.Values[i / 2 % kind.Values.Count],
                isOld: true));
        }

        return sent;
    }

    private async Task<SentRow> SendAsync(SchemaChangeCase change, string key, string json, bool isOld)
    {
        var rows = new RowBlockBuilder(Columns);
        rows[0].Append($"\"{key}\"");
        rows[1].Append(Encoding.UTF8.GetBytes(json));
        var started = _clock.GetTimestamp();
        try
        {
            var receipt = await client.InsertAsync(TableName.Parse(change.Table), rows.Build(), new WriteOptions { Timeout = answerWithin * 2 });
            return new SentRow(key, json, isOld, receipt, _clock.GetElapsedTime(started).TotalSeconds, null);
        }
        catch (Exception e) when (e is Errors.CoordinatorException or TimeoutException)
        {
            return new SentRow(key, json, isOld, null, _clock.GetElapsedTime(started).TotalSeconds, e.Message);
        }
    }

    private async Task<List<string>> CheckAsync(SchemaChangeCase change, List<SentRow> sent, SchemaChangeCounts counts)
    {
        var problems = new List<string>();
        var isOther = change.Alteration == Alteration.DropAndAddOther;
        var column = isOther ? "x" : "v";
        var stored = (await warehouse.AskAsync($"SELECT k, {Text(column, change.To)} FROM {change.Table}"))
            .ToLookup(static row => row[0]!, static row => row[1]);
        foreach (var row in sent)
        {
            counts.Note(row);
            if (row.Seconds > answerWithin.TotalSeconds) problems.Add($"{change}: {row.Key} was answered after {row.Seconds:0.0} s");
            if (row.Receipt is null) problems.Add($"{change}: {row.Key} has no answer: {row.Failure}");
            var found = stored[row.Key].ToList();
            if (found.Count > 1) problems.Add($"{change}: {row.Key} is there {found.Count} times");
            if (row.Receipt is { Status: WriteStatus.Rejected } && found.Count > 0) problems.Add($"{change}: {row.Key} was refused and is there");
            if (row.Receipt is not { IsCommitted: true }) continue;
            // Earlier values may be gone with the table, or with the column's old type.
            if (found.Count == 0 && !(row.IsOld && change.Alteration == Alteration.DropAndCreate))
                problems.Add($"{change}: {row.Key} was committed and is not there");
            foreach (var value in found)
            {
                // A type change drops the old values, and so does a column that replaced another.
                if (value is null && (row.IsOld || isOther)) continue;
                var expected = await warehouse.CastAsync(row.Json, change.To);
                if (value != expected)
                    problems.Add($"{change}: {row.Key} sent as {row.Json} is {value ?? "null"} instead of {expected ?? "refused"}");
            }
        }

        if (!isOther)
        {
            foreach (var row in sent.Where(r => !r.IsOld && change.To.Values.Contains(r.Json) && r.Receipt is { IsCommitted: false }))
                problems.Add($"{change}: {row.Key} sent as {row.Json} fits and was refused: {Answer(row)}");
        }

        return problems;
    }

    private static string Text(string column, ColumnKind kind) => $"CAST({column} AS {(kind.Type.Any(char.IsLower) ? "text" : "VARCHAR")})";

    private static string Answer(SentRow row) => row.Failure ?? string.Join(" ", row.Receipt!.Errors);
}
