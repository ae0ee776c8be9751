using System.Globalization;
using System.Text.RegularExpressions;
using Coordinator.RedshiftSimulator.Copying;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Sessions;

internal sealed partial class Session
{
    private CopySource? _copy;
    private long _copied;

    private CopyStatement? CopyOf(Statement statement, out SqlError? refusal)
    {
        var copy = CopyStatement.Read(statement, out refusal);
        if (refusal is not null) state.OnRefused(statement.Text, refusal.Message);
        return copy;
    }

    /// <summary>Opens the files, or returns an error for missing ones.</summary>
    private async Task<SqlError?> BeginCopyAsync(Statement statement)
    {
        var copy = CopyStatement.Read(statement, out _)!;
        _copy = new CopySource(copy, state.Options.S3Folder, await VarbyteColumnsAsync(statement.Target, copy.Columns));
        return _copy.Check();
    }

    private async Task<HashSet<int>> VarbyteColumnsAsync(string table, IReadOnlyList<string> named)
    {
        await using var command = side.CreateCommand(
            "SELECT attname, atttypid = 'bytea'::regtype FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped "
            + "ORDER BY attnum");
        command.Parameters.AddWithValue(table);
        var columns = new List<(string Name, bool IsVarbyte)>();
        await using var reader = await command.ExecuteReaderAsync(_stopping);
        while (await reader.ReadAsync(_stopping)) columns.Add((reader.GetString(0), reader.GetBoolean(1)));
        return [.. (named.Count == 0 ? columns : named.Select(name => columns.Find(column => column.Name == name))).Index()
            .Where(static column => column.Item.IsVarbyte).Select(static column => column.Index)];
    }

    private async Task CopyAsync(Frame execute)
    {
        await ToServerAsync(execute);
        await ToServerAsync(Frame.Flush);
        Expect('E');
        var error = await PumpAsync();
        _copy = null;
        if (error is null) await OursAsync(Counted());
    }

    private async Task<SqlError?> CopySimplyAsync(Statement statement)
    {
        if (CopyOf(statement, out var refusal) is not { } copy) return await RefuseAsync(refusal!);
        if (await PrepareAsync(statement) is { } failed) return failed;
        if (await BeginCopyAsync(statement) is { } missing) return await RefuseAsync(missing);
        var error = await SimpleAsync(copy.Translated);
        _copy = null;
        return error ?? await OursAsync(Counted());
    }

    /// <summary>Sends the files' content to the server, which requested it.</summary>
    private async Task FeedAsync()
    {
        await foreach (var piece in _copy!.ReadAsync()) await ToServerAsync(new Frame('d', piece));
        await ToServerAsync(new Frame('c', []));
        if (!_isSimple) await ToServerAsync(Frame.Flush);
        await server.FlushAsync(_stopping);
    }

    private string Counted() => string.Create(CultureInfo.InvariantCulture, $"SET simulator.copied = '{_copied}'");

    /// <summary>COPY's error for a row that it cannot load. The row's position goes to a system table, outside the transaction.</summary>
    private async Task<SqlError?> LoadErrorAsync(Frame frame)
    {
        var error = SqlError.Of(frame);
        if (CopyLine().Match(error.Where) is not { Success: true } at) return null;
        var (url, line) = _copy!.Find(long.Parse(at.Groups["line"].Value, CultureInfo.InvariantCulture));
        await using var command = side.CreateCommand(
            "INSERT INTO pg_catalog.stl_load_errors (session, filename, line_number, colname, err_code, err_reason) "
            + "VALUES ($1, $2, $3, $4, 1204, $5)");
        command.Parameters.AddWithValue(pid);
        command.Parameters.AddWithValue(url);
        command.Parameters.AddWithValue(line);
        command.Parameters.AddWithValue(at.Groups["column"].Value);
        command.Parameters.AddWithValue(error.Message.Length <= 100 ? error.Message : error.Message[..100]);
        await command.ExecuteNonQueryAsync(_stopping);
        return new SqlError("XX000", $"Load into table '{at.Groups["table"].Value}' failed.  Check 'stl_load_errors' system table for details.");
    }

    [GeneratedRegex(@"COPY (?<table>[^,]+), line (?<line>\d+)(?:, column (?<column>[^:]+))?")]
    private static partial Regex CopyLine();
}
