using Coordinator.Core.Outages;

namespace Coordinator.Hosting;

/// <summary>The membership's table, whose calls tell the log of outages how they ended. Every silo writes to it every five seconds.</summary>
internal sealed class WatchedMembership(IMembershipTable inner, string name, OutageLog outages, TimeProvider clock) : IMembershipTable
{
    // A store that is silent refuses nothing, and the driver waits for it for longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken = default) =>
        WatchAsync(inner.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken));

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken = default) =>
        WatchAsync(inner.DeleteMembershipTableEntriesAsync(clusterId, cancellationToken));

    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken = default) =>
        WatchAsync(inner.CleanupDefunctSiloEntriesAsync(beforeDate, cancellationToken));

    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken = default) =>
        WatchAsync(inner.ReadRowAsync(key, cancellationToken));

    public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken = default) => WatchAsync(inner.ReadAllAsync(cancellationToken));

    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        WatchAsync(inner.InsertRowAsync(entry, tableVersion, cancellationToken));

    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        WatchAsync(inner.UpdateRowAsync(entry, etag, tableVersion, cancellationToken));

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken = default) =>
        WatchAsync(inner.UpdateIAmAliveAsync(entry, cancellationToken));

    // Orleans' names of before, which its interface still demands.
    public Task InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion);

    public Task DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadRowAsync(key);

    public Task<MembershipTableData> ReadAll() => ReadAllAsync();

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => UpdateRowAsync(entry, etag, tableVersion);

    public Task UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry);

    private async Task<T> WatchAsync<T>(Task<T> call)
    {
        await WatchAsync((Task)call);
        return await call;
    }

    private async Task WatchAsync(Task call)
    {
        try
        {
            while (await Task.WhenAny(call, Task.Delay(Patience, clock)) != call)
                outages.OnServiceFailed(name, $"It has not answered for {Patience.TotalSeconds} s.");
            await call;
            outages.OnServiceAnswered(name);
        }
        catch (Exception failure)
        {
            outages.OnServiceFailed(name, failure.Message);
            throw;
        }
    }
}
