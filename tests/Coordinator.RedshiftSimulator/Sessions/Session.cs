using System.Globalization;
using Coordinator.RedshiftSimulator.Conflicts;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.RedshiftSimulator.Wire;
using Npgsql;

namespace Coordinator.RedshiftSimulator.Sessions;

/// <summary>One client's session: its statements are checked, translated, and passed on to a session of the server below, with locks and
/// transactions added.</summary>
internal sealed partial class Session(
    SimulatorState state, FrameStream client, FrameStream server, NpgsqlDataSource side, int pid, string applicationName)
{
    private const char Idle = 'I';
    private const char Failed = 'E';

    // An answer of any number of messages, up to ReadyForQuery.
    private const char Everything = '*';

    // Replaces a refused statement: the server below fails at it, and the simulator replaces the error.
    private const string Refused = "simulator_refusal";

    private const string Injected = "simulator";

    private readonly Queue<Expected> _expected = new();
    private readonly SessionNames _names = new(state.Options);
    private readonly HashSet<string> _locked = new(StringComparer.Ordinal);
    private CancellationToken _stopping;
    private Transaction? _transaction;
    private bool _isImplicit;
    private bool _explains;
    private bool _isSimple;
    private bool _skipsToSync;
    private char _status = Idle;
    private SqlError? _refusal;

    private readonly record struct Expected(char Of, bool IsHidden);

    public async Task RunAsync(CancellationToken stopping)
    {
        _stopping = stopping;
        try
        {
            while (await client.ReadAsync(stopping) is { Type: not 'X' } frame)
            {
                if (frame.Type == 'Q') await QueryAsync(frame);
                else await ExtendedAsync(frame);
            }
        }
        finally
        {
            if (_transaction is { } open) state.History.RollBack(open);
        }
    }

    /// <summary>Whether the statement's plan reads an automatic materialized view.</summary>
    private bool Rewrites(Statement statement) =>
        statement.Verb == "EXPLAIN" && _names.UsesAutomaticViews && state.Options.AutomaticViewOf.Length > 0;

    private ValueTask ToServerAsync(Frame frame) => server.WriteAsync(frame, _stopping);

    private ValueTask ToClientAsync(Frame frame) => client.WriteAsync(frame, _stopping);

    private void Expect(char of, bool isHidden = false) => _expected.Enqueue(new Expected(of, isHidden));

    /// <summary>Passes on the server's answers until all expected ones have come, or until the server is ready. Returns the error, if
    /// any.</summary>
    private async Task<SqlError?> PumpAsync(bool untilReady = false)
    {
        await server.FlushAsync(_stopping);
        SqlError? error = null;
        while (untilReady || _expected.Count > 0)
        {
            var frame = await server.ReadAsync(_stopping) ?? throw new IOException("The server below closed the connection.");
            switch (frame.Type)
            {
                case 'Z':
                    _status = (char)frame.Body[0];
                    _expected.Clear();
                    return error;
                case 'G':
                    await FeedAsync();
                    break;
                case 'E':
                    _expected.Clear();
                    _skipsToSync = true;
                    error = Translated(SqlError.Of(frame), out var ours);
                    if (_copy is not null && !ours && await LoadErrorAsync(frame) is { } refused) (error, ours) = (refused, true);
                    await ToClientAsync(ours ? error.ToFrame() : frame);
                    await client.FlushAsync(_stopping);
                    if (!untilReady) return error;
                    break;
                case 'N' or 'S' or 'A':
                    await ToClientAsync(frame);
                    break;
                default:
                    if (_copy is not null && frame.Type == 'C') _copied = CountOf(frame);
                    if (frame.Type == 'C') _explains = false;
                    if (!_expected.Peek().IsHidden)
                        await ToClientAsync(_explains && frame.Type == 'D' ? AutomaticView.Instead(state.Options.AutomaticViewOf, frame) : frame);
                    if (Ends(_expected.Peek().Of, frame.Type)) _expected.Dequeue();
                    break;
            }
        }

        return error;
    }

    /// <summary>The row count of <c>COPY 7</c>.</summary>
    private static long CountOf(Frame complete)
    {
        var at = 0;
        return long.TryParse(complete.Text(ref at).Split(' ')[^1], CultureInfo.InvariantCulture, out var rows) ? rows : 0;
    }

    /// <summary>Whether an answer is the last one for a message.</summary>
    private static bool Ends(char of, char type) => of switch
    {
        'P' => type == '1',
        'B' => type == '2',
        'C' => type == '3',
        'D' => type is 'T' or 'n',
        Everything => false,
        _ => type is 'C' or 'I' or 's',
    };

    /// <summary>The server's error, translated to Redshift's text.</summary>
    private SqlError Translated(SqlError error, out bool isOurs)
    {
        isOurs = true;
        if (_refusal is { } refusal && error.Message.Contains(Refused, StringComparison.Ordinal))
        {
            _refusal = null;
            return refusal;
        }

        if (error.SqlState == "40001") return Failure(new Violation(0, [_transaction?.Id ?? 0]));
        if (error.SqlState == "57014") return error with { Message = $"Query ({pid}) canceled on user's request" };
        isOurs = false;
        return error;
    }

    private SqlError Failure(Violation violation)
    {
        state.OnViolation();
        return state.Options.Isolation == IsolationLevel.Snapshot ? Violation.SnapshotError : violation.ToError(pid);
    }
}
