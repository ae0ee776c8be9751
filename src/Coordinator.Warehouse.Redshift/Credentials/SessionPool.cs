using System.Security.Authentication;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Npgsql.Sessions;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Connections for one purpose, each with the login of its time. Open connections stay open when the login changes.</summary>
/// <remarks>A password changes in place. Npgsql cannot change the user of a data source, so another user gets another data source, and the
/// connections of the one before are closed when they are returned.</remarks>
/// <param name="logins">Where logins come from.</param>
/// <param name="time">The clock.</param>
/// <param name="create">Creates a pool. It gets the login whose user it is for, and the password of each login; both null if the
/// connection string or a file has them.</param>
internal sealed class SessionPool(
    Logins logins, TimeProvider time, Func<Login?, Func<CancellationToken, ValueTask<string>>?, ConnectionPool> create) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Login? _login;
    private ConnectionPool? _source;
    private bool _isDisposed;

    /// <summary>Opens a connection. A login that is refused is forgotten, and the next one is tried once.</summary>
    /// <exception cref="WarehouseException">Unavailable: there is no login, or it was refused.</exception>
    public async ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        for (var mayRenew = logins.Cache is not null; ; mayRenew = false)
        {
            var startedAt = 0L;
            try
            {
                // The next login may be another user's, who needs another data source.
                if (logins.Cache is { } cache && !mayRenew) await cache.GetAsync(cancellationToken).ConfigureAwait(false);
                startedAt = time.GetTimestamp();
                return await OpenAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (LoginFailure.IsRefusal(e))
            {
                logins.Cache?.Forget(startedAt);
                if (!mayRenew) throw LoginFailure.Refused(e, logins.Origin);
            }
            catch (NpgsqlException e) when (e.InnerException is AuthenticationException untrusted)
            {
                throw LoginFailure.Untrusted(untrusted);
            }
            catch (NpgsqlException e) when (e.InnerException is WarehouseException failure)
            {
                throw failure;
            }
        }
    }

    /// <summary>The data source for the user of the present login.</summary>
    public async ValueTask<ConnectionPool> SourceAsync(CancellationToken cancellationToken)
    {
        if (Fitting() is { } source) return source;
        var login = logins.Cache is null ? null : await logins.Cache.GetAsync(cancellationToken).ConfigureAwait(false);
        ConnectionPool? former;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_source is not null && IsFor(login)) return _source;
            (former, _login, _source) = (_source, login, create(login, login is null ? null : PasswordOf(login)));
            source = _source;
        }

        if (former is not null) await former.DisposeAsync().ConfigureAwait(false);
        return source;
    }

    public async ValueTask DisposeAsync()
    {
        ConnectionPool? source;
        lock (_lock) (source, _source, _isDisposed) = (_source, null, true);
        if (source is not null) await source.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var source = await SourceAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectDisposedException) when (IsReplaced(source))
            {
                // Another caller has met the next user.
            }
        }
    }

    /// <summary>The data source, unless a login of another user has come since. Fetches nothing: a pooled connection needs no login.</summary>
    private ConnectionPool? Fitting()
    {
        lock (_lock) return _source is not null && (logins.Cache?.Kept is not { } kept || IsFor(kept)) ? _source : null;
    }

    private bool IsFor(Login? login) => login is null || _login?.HasTargetOf(login) == true;

    private bool IsReplaced(ConnectionPool source)
    {
        lock (_lock) return !_isDisposed && !ReferenceEquals(source, _source);
    }

    /// <summary>The password of a data source's user. If the login is another user's by now, the last password of this one is tried; the next
    /// connection is the other user's.</summary>
    private Func<CancellationToken, ValueTask<string>> PasswordOf(Login login) => async cancellationToken =>
    {
        var now = await logins.Cache!.GetAsync(cancellationToken).ConfigureAwait(false);
        if (now.HasTargetOf(login)) login = now;
        return login.Password;
    };
}
