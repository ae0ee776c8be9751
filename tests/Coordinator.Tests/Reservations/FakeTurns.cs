using Coordinator.Core.Reservations;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.Reservations;

/// <summary>Tables that answer as a test says; by default they grant.</summary>
internal sealed class FakeTurns : ITableTurns
{
    public static readonly OwnerToken Grantor = new("activation");

    public Func<TableName, ReserveRequest, Task<ReserveResponse>> OnReserve { get; set; } = static (_, _) => Granted();

    public List<(TableName Table, ReserveRequest Request)> Asked { get; } = [];

    public List<TableName> Released { get; } = [];

    public static Task<ReserveResponse> Granted(OwnerToken? by = null) => Task.FromResult(new ReserveResponse(true, by ?? Grantor));

    public static Task<ReserveResponse> Refused() => Task.FromResult(new ReserveResponse(false, Grantor));

    public Task<ReserveResponse> ReserveAsync(TableName table, ReserveRequest request)
    {
        lock (Asked) Asked.Add((table, request));
        return OnReserve(table, request);
    }

    public Task ReleaseAsync(TableName table, IntentId id, HolderId holder)
    {
        lock (Released) Released.Add(table);
        return Task.CompletedTask;
    }
}
