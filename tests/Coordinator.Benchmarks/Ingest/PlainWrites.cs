using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Benchmarks.Ingest;

/// <summary>What a service does without the coordinator.</summary>
internal static class PlainWrites
{
    private const int Connections = 16;
    private const int RowsBetweenLooksAtTheClock = 1000;

    public static async Task<PhaseResult> TransactionsAsync(string warehouse, TimeSpan duration, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(warehouse);
        var commands = new NpgsqlCommand[Connections];
        for (var i = 0; i < Connections; i++) commands[i] = await PrepareInsertAsync(source, ct);
        var result = await Load.RunAsync(Phase.PlainTransactions, Connections, 1, duration, WriteAsync, ct);
        foreach (var command in commands) await command.Connection!.DisposeAsync();
        return result;

        async Task WriteAsync(int caller, long number, CancellationToken token)
        {
            var row = SampleRow.Of(number);
            var parameters = commands[caller].Parameters;
            ((NpgsqlParameter<long>)parameters[0]).TypedValue = row.Id;
            ((NpgsqlParameter<string>)parameters[1]).TypedValue = row.Kind;
            ((NpgsqlParameter<double>)parameters[2]).TypedValue = row.Value;
            ((NpgsqlParameter<DateTimeOffset>)parameters[3]).TypedValue = row.At;
            await commands[caller].ExecuteNonQueryAsync(token);
        }
    }

    public static async Task<PhaseResult> CopyAsync(string warehouse, TimeSpan duration, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(warehouse);
        await using var connection = await source.OpenConnectionAsync(ct);
        // The first COPY is the warm-up. Its rows are acknowledged like all others.
        var (first, _) = await CopyOnceAsync(connection, TimeSpan.FromSeconds(1), ct);
        var (rows, elapsed) = await CopyOnceAsync(connection, duration, ct);
        var milliseconds = elapsed.TotalMilliseconds;
        return new PhaseResult(Phase.PlainCopy, 1, 1, rows, elapsed.TotalSeconds, milliseconds, milliseconds, first + rows);
    }

    private static async Task<(long Rows, TimeSpan Elapsed)> CopyOnceAsync(NpgsqlConnection connection, TimeSpan duration, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {BenchmarkTables.Plain} (id, kind, value, at) FROM STDIN (FORMAT BINARY)", ct);
        var rows = 0L;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            for (var i = 0; i < RowsBetweenLooksAtTheClock; i++)
            {
                var row = SampleRow.Of(rows++);
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(row.Id, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(row.Kind, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(row.Value, NpgsqlDbType.Double, ct);
                await copy.WriteAsync(row.At, NpgsqlDbType.TimestampTz, ct);
            }
        }
        await copy.CompleteAsync(ct);
        return (rows, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<NpgsqlCommand> PrepareInsertAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        var command = new NpgsqlCommand($"INSERT INTO {BenchmarkTables.Plain} (id, kind, value, at) VALUES ($1, $2, $3, $4)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint },
                new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<double> { NpgsqlDbType = NpgsqlDbType.Double },
                new NpgsqlParameter<DateTimeOffset> { NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
        await command.PrepareAsync(ct);
        return command;
    }
}
