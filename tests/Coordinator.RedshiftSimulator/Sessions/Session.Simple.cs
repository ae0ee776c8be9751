using System.Text;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Sessions;

internal sealed partial class Session
{
    /// <summary>Handles a message with one or several statements.</summary>
    private async Task QueryAsync(Frame frame)
    {
        var at = 0;
        var sql = frame.Text(ref at);
        var statements = _names.Read(sql);
        _isSimple = true;
        if (statements.Count == 0) await SimpleAsync(sql);
        else if (RefusalOf(statements, sql) is { } refusal) await RefuseAsync(refusal);
        else await RunAllAsync(statements);
        await EndSeriesAsync();
        _isSimple = false;
    }

    private SqlError? RefusalOf(IReadOnlyList<Statement> statements, string sql, params int[] types)
    {
        var refusal = Refusals.OfSize(Encoding.UTF8.GetByteCount(sql), types.Length)
            ?? statements.Select(statement => Refusals.Of(statement) ?? DeploymentRefusals.Of(statement, state.Options.Deployment))
                .FirstOrDefault(static r => r is not null) ?? Refusals.OfParameterTypes(types)
            ?? statements.Select(statement => Refusals.OfLimits(statement, types)).FirstOrDefault(static r => r is not null);
        if (refusal is not null) state.OnRefused(sql, refusal.Message);
        return refusal;
    }

    private async Task RunAllAsync(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
        {
            state.OnStatement(statement.Text);
            if (await RunAsync(statement) is not null) return;
        }
    }

    private async Task<SqlError?> RunAsync(Statement statement)
    {
        switch (statement.Kind)
        {
            case StatementKind.Commit when _transaction is not null && _status != Failed:
                return await CommitSimplyAsync();
            case StatementKind.Begin:
                var failed = await SimpleAsync(Translation.Of(statement));
                OnBegun();
                return failed;
            case StatementKind.Commit or StatementKind.Rollback:
                var error = await SimpleAsync(statement.Text);
                OnRolledBack();
                return error;
            case StatementKind.Append when statement.Verb == "COPY":
                return await CopySimplyAsync(statement);
            default:
                if (await PrepareAsync(statement) is { } unprepared) return unprepared;
                _explains = Rewrites(statement);
                return await SimpleAsync(Translation.Of(statement));
        }
    }

    private async Task<SqlError?> CommitSimplyAsync()
    {
        var error = await CommitAsync(() => SimpleAsync("COMMIT", isHidden: true));
        if (error is null)
        {
            await ToClientAsync(Frame.CommandComplete("COMMIT"));
            return null;
        }

        await SimpleAsync("ROLLBACK", isHidden: true);
        await ToClientAsync(error.ToFrame());
        return error;
    }

    /// <summary>Runs one statement on the server. Passes its error on unless hidden, and never passes on ReadyForQuery.</summary>
    private async Task<SqlError?> SimpleAsync(string sql, bool isHidden = false)
    {
        await ToServerAsync(Frame.Query(sql));
        Expect(Everything, isHidden);
        return await PumpAsync(untilReady: true);
    }
}
