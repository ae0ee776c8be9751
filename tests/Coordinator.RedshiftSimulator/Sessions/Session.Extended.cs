using System.Globalization;
using System.Text;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Sessions;

internal sealed partial class Session
{
    private readonly Dictionary<string, (Statement? Statement, int Bytes, int[] Types)> _prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Statement?> _portals = new(StringComparer.Ordinal);
    private int _injected;

    /// <summary>Handles a message of the extended protocol.</summary>
    private async Task ExtendedAsync(Frame frame)
    {
        if (_skipsToSync && frame.Type != 'S') return;
        switch (frame.Type)
        {
            case 'P':
                await ParseAsync(frame);
                break;
            case 'B':
                await BindAsync(frame);
                break;
            case 'E':
                await ExecuteAsync(frame);
                break;
            case 'H':
                await ToServerAsync(frame);
                await PumpAsync();
                await client.FlushAsync(_stopping);
                break;
            case 'S':
                await ToServerAsync(frame);
                await PumpAsync(untilReady: true);
                await EndSeriesAsync();
                break;
            case 'D' or 'C':
                await ToServerAsync(frame);
                Expect(frame.Type);
                break;
            default:
                throw new IOException($"Message {frame.Type} is not imitated.");
        }
    }

    private async Task ParseAsync(Frame frame)
    {
        var at = 0;
        var name = frame.Text(ref at);
        var sql = frame.Text(ref at);
        var rest = at;
        var types = new int[(ushort)frame.Int16(ref at)];
        for (var i = 0; i < types.Length; i++) types[i] = frame.Int32(ref at);
        var statements = _names.Read(sql);
        var refusal = RefusalOf(statements, sql, types);
        if (refusal is not null)
        {
            await RefuseAsync(refusal);
            return;
        }

        var statement = statements.Count == 1 ? statements[0] : null;
        var copy = statement is null ? null : CopyOf(statement, out refusal);
        if (refusal is not null)
        {
            await RefuseAsync(refusal);
            return;
        }

        _prepared[name] = (statement, Encoding.UTF8.GetByteCount(sql), types);
        if (statement is not null && await PrepareAsync(statement) is not null) return;
        var translated = copy?.Translated ?? (statement is null ? sql : Translation.Of(statement));
        await ToServerAsync(new Frame('P', [.. Encoding.UTF8.GetBytes($"{name}\0{translated}\0"), .. frame.Body.AsSpan(rest)]));
        Expect('P');
    }

    private async Task BindAsync(Frame frame)
    {
        var at = 0;
        var portal = frame.Text(ref at);
        var (statement, bytes, types) = _prepared.GetValueOrDefault(frame.Text(ref at));
        var formats = new short[(ushort)frame.Int16(ref at)];
        for (var i = 0; i < formats.Length; i++) formats[i] = (short)frame.Int16(ref at);
        var parameters = (ushort)frame.Int16(ref at);
        if ((Refusals.OfSize(bytes + (long)frame.Body.Length - at, parameters) ?? Refusals.OfFormats(types ?? [], formats)) is { } refusal)
        {
            state.OnRefused(statement?.Text ?? "", refusal.Message);
            await RefuseAsync(refusal);
            return;
        }

        _portals[portal] = statement;
        if (statement is not null && await PrepareAsync(statement) is not null) return;
        await ToServerAsync(frame);
        Expect('B');
    }

    private async Task ExecuteAsync(Frame frame)
    {
        var at = 0;
        var statement = _portals.GetValueOrDefault(frame.Text(ref at));
        if (statement is not null) state.OnStatement(statement.Text);
        switch (statement?.Kind)
        {
            case StatementKind.Commit when _transaction is not null && _status != Failed:
                await CommitExtendedAsync(frame);
                break;
            case StatementKind.Begin:
                await ForwardAsync();
                OnBegun();
                break;
            case StatementKind.Commit or StatementKind.Rollback:
                await ForwardAsync();
                await ToServerAsync(Frame.Flush);
                if (await PumpAsync() is null) OnRolledBack();
                break;
            case StatementKind.Append when statement.Verb == "COPY":
                if (await BeginCopyAsync(statement) is { } missing) await RefuseAsync(missing);
                else await CopyAsync(frame);
                break;
            default:
                _explains = statement is not null && Rewrites(statement);
                await ForwardAsync();
                break;
        }

        async Task ForwardAsync()
        {
            await ToServerAsync(frame);
            Expect('E');
        }
    }

    private async Task CommitExtendedAsync(Frame execute)
    {
        await ToServerAsync(Frame.Flush);
        if (await PumpAsync() is not null) return;
        var error = await CommitAsync(async () =>
        {
            await ToServerAsync(execute);
            await ToServerAsync(Frame.Flush);
            Expect('E', isHidden: true);
            return await PumpAsync();
        });
        if (error is null) await ToClientAsync(Frame.CommandComplete("COMMIT"));
        else if (!_skipsToSync) await RefuseAsync(error);
    }

    /// <summary>Runs a statement of the simulator between the client's statements.</summary>
    private async Task<SqlError?> InjectAsync(string sql)
    {
        // A failed statement is not closed, so its name cannot be used again.
        var name = string.Create(CultureInfo.InvariantCulture, $"{Injected} {++_injected}");
        await ToServerAsync(Frame.Parse(name, sql));
        await ToServerAsync(Frame.Bind(name, name));
        await ToServerAsync(Frame.Execute(name));
        await ToServerAsync(Frame.ClosePortal(name));
        await ToServerAsync(Frame.CloseStatement(name));
        await ToServerAsync(Frame.Flush);
        foreach (var of in "PBECC") Expect(of, isHidden: true);
        return await PumpAsync();
    }
}
