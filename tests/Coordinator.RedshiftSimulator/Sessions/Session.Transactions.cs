using System.Globalization;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.RedshiftSimulator.Conflicts;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Sessions;

internal sealed partial class Session
{
    private const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ";

    /// <summary>Prepares what must exist before the server executes a statement: a transaction, so that locks last until they are read; the
    /// write lock of the table, which Redshift takes before the snapshot; the snapshot.</summary>
    private async Task<SqlError?> PrepareAsync(Statement statement)
    {
        if (_status == Failed || statement.Kind is not (StatementKind.Other or StatementKind.Append or StatementKind.Change)) return null;
        if (_transaction is null)
        {
            if (await OursAsync(Begin) is { } failed) return failed;
            _transaction = state.History.Begin();
            _isImplicit = true;
        }

        if (state.Resumes() && await ResumeAsync() is { } paused) return paused;

        if (ModeOf(statement.Kind) is { } mode && statement.Target.Length > 0 && _locked.Add($"{mode} {statement.Target}"))
        {
            if (await OursAsync($"LOCK TABLE {statement.Target} IN {mode} MODE") is { } failed) return failed;
            if (state.History.Judge(_transaction, await LockReader.ReadAsync(side, pid, _stopping)) is { } violation)
                return await RefuseAsync(Failure(violation));
        }

        if (_transaction.Snapshot == Transaction.Never)
        {
            await state.Order.WaitAsync(_stopping);
            state.History.TakeSnapshot(_transaction);
            state.Order.Release();
        }

        return null;
    }

    /// <summary>Waits for a paused workgroup, within the session's statement_timeout.</summary>
    private async Task<SqlError?> ResumeAsync()
    {
        var seconds = state.Options.Resume.TotalSeconds;
        if (await OursAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_sleep({seconds})")) is { } failed) return failed;
        return state.Options.ResumeCancels ? await RefuseAsync(new SqlError("57014", $"Query ({pid}) canceled on user's request")) : null;
    }

    /// <summary>Under SERIALIZABLE writers of a table wait for each other; under SNAPSHOT inserters do not.</summary>
    private string? ModeOf(StatementKind kind) => (kind, state.Options.Isolation) switch
    {
        (StatementKind.Change, _) => LockReader.ChangeMode,
        (StatementKind.Append, IsolationLevel.Serializable) => LockReader.AppendMode,
        _ => null,
    };

    private Task<SqlError?> OursAsync(string sql) => _isSimple ? SimpleAsync(sql, isHidden: true) : InjectAsync(sql);

    /// <summary>Makes the server's transaction fail, with an error of the simulator.</summary>
    private async Task<SqlError?> RefuseAsync(SqlError error)
    {
        _refusal = error;
        if (_isSimple) return await SimpleAsync(Refused, isHidden: true);
        await ToServerAsync(Frame.Parse(Injected, Refused));
        await ToServerAsync(Frame.Flush);
        Expect('P', isHidden: true);
        return await PumpAsync();
    }

    private void OnBegun()
    {
        _transaction ??= state.History.Begin();
        _isImplicit = false;
    }

    private void OnRolledBack()
    {
        if (_transaction is { } ended) state.History.RollBack(ended);
        OnEnded();
    }

    private void OnEnded()
    {
        _transaction = null;
        _isImplicit = false;
        _locked.Clear();
    }

    /// <summary>Commits, or returns the error.</summary>
    private async Task<SqlError?> CommitAsync(Func<Task<SqlError?>> commit)
    {
        var tables = await LockReader.ReadAsync(side, pid, _stopping);
        if (tables.Writes.Count == 0) return await JudgeAndCommitAsync(tables, commit);
        var kill = state.KillAtCommit(applicationName);
        if (kill == CommitKill.Before) throw new SessionKilledException();
        if (kill == CommitKill.Late)
        {
            await client.DisposeAsync();
            await Task.Delay(state.Options.LateCommitAfter, state.Time, _stopping);
        }

        var error = await state.Commits.RunAsync(() => JudgeAndCommitAsync(tables, commit), _stopping);
        if (error is null) state.OnCommit();
        return kill is CommitKill.None ? error : throw new SessionKilledException();
    }

    private async Task<SqlError?> JudgeAndCommitAsync(TransactionTables tables, Func<Task<SqlError?>> commit)
    {
        var transaction = _transaction!;
        await state.Order.WaitAsync(_stopping);
        try
        {
            var error = state.History.Judge(transaction, tables) is { } violation ? Failure(violation) : await commit();
            if (error is null) state.History.Commit(transaction);
            else state.History.RollBack(transaction);
            OnEnded();
            return error;
        }
        finally
        {
            state.Order.Release();
        }
    }

    /// <summary>Ends a series of messages: commits a transaction that the simulator opened, and sends ReadyForQuery to the client.</summary>
    private async Task EndSeriesAsync()
    {
        if (_isImplicit && _transaction is not null)
        {
            if (_status == Failed || _skipsToSync)
            {
                await SimpleAsync("ROLLBACK", isHidden: true);
                OnRolledBack();
            }
            else if (await CommitAsync(() => SimpleAsync("COMMIT", isHidden: true)) is { } error)
            {
                await SimpleAsync("ROLLBACK", isHidden: true);
                await ToClientAsync(error.ToFrame());
            }
        }
        else if (_status == Idle)
        {
            OnRolledBack();
        }

        _skipsToSync = false;
        await ToClientAsync(Frame.ReadyForQuery(_status));
        await client.FlushAsync(_stopping);
    }
}
