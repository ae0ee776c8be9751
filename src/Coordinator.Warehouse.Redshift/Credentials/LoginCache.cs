using Coordinator.Core.Warehouses;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Keeps the login of a source, and fetches the next one before its life is over or after it was refused. All callers share one
/// fetch.</summary>
internal sealed partial class LoginCache(ILoginSource source, TimeProvider time, ILogger<LoginCache> logger) : IDisposable
{
    // Of a login's life. The rest is for the login itself, and for an AWS that does not answer at once.
    private const double RenewedAfter = 0.8;

    private static readonly TimeSpan RenewedAgainAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Login? _login;
    private long _fetchedAt;
    private long _renewAt;
    private Task<Login>? _fetch;

    /// <summary>The present login.</summary>
    /// <exception cref="WarehouseException">Unavailable: there is none.</exception>
    public async ValueTask<Login> GetAsync(CancellationToken cancellationToken)
    {
        Task<Login> fetch;
        lock (_lock)
        {
            if (_login is { } login && time.GetTimestamp() < _renewAt) return login;
            if (_fetch is null or { IsCompleted: true }) _fetch = FetchAsync();
            fetch = _fetch;
        }

        return await fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The login that is kept; null if there is none. Fetches nothing.</summary>
    public Login? Kept
    {
        get
        {
            lock (_lock) return _login;
        }
    }

    /// <summary>Has the next caller fetch a login, after a refusal of one that was fetched before a time.</summary>
    /// <param name="timestamp">When the attempt began that was refused. A login that was fetched later is not at fault yet.</param>
    public void Forget(long timestamp)
    {
        lock (_lock)
        {
            if (_login is not null && _fetchedAt <= timestamp) _login = null;
        }
    }

    public void Dispose() => source.Dispose();

    // Not a caller's token: others wait for it too. The source has a timeout.
    private async Task<Login> FetchAsync()
    {
        await Task.Yield();
        try
        {
            var login = await source.FetchAsync(CancellationToken.None).ConfigureAwait(false);
            var now = time.GetTimestamp();
            lock (_lock) (_login, _fetchedAt, _renewAt) = (login, now, login.Life is { } life ? now + Ticks(RenewedAfter * life) : long.MaxValue);
            return login;
        }
        catch (WarehouseException failure)
        {
            Login kept;
            lock (_lock)
            {
                // It may still be valid. If it is not, the server refuses it, and it is forgotten.
                if (_login is null) throw;
                (kept, _renewAt) = (_login, time.GetTimestamp() + Ticks(RenewedAgainAfter));
            }

            LogNotRenewed(failure.Message);
            return kept;
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    [LoggerMessage(3220, LogLevel.Warning, "The login for Redshift is not renewed yet, and the one before is used while it is valid: {Reason}")]
    private partial void LogNotRenewed(string reason);
}
