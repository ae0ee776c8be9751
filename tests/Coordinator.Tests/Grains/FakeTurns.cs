using Coordinator.Core.Reservations;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.Grains;

/// <summary>Tables that grant every turn immediately, unless the test sets another answer.</summary>
internal sealed class FakeTurns : ITableTurns
{
    /// <summary>The requests, without renewals.</summary>
    public List<(string Table, ReservationMode Mode, string Holder)> Asked { get; } = [];

    public List<(string Table, string Holder)> Released { get; } = [];

    /// <summary>Answers requests and renewals.</summary>
    public Func<TableName, ReserveRequest, Task<ReserveResponse>> OnReserve { get; set; } = static (_, _) => Granted;

    public static Task<ReserveResponse> Granted => Task.FromResult(new ReserveResponse(true, new("grantor")));

    public static Task<ReserveResponse> Refused => Task.FromResult(new ReserveResponse(false, new("grantor")));

    public Task<ReserveResponse> ReserveAsync(TableName table, ReserveRequest request)
    {
        if (!request.Renew) Asked.Add((table.Table, request.Mode, request.Holder.ToString()));
        return OnReserve(table, request);
    }

    public Task ReleaseAsync(TableName table, IntentId id, HolderId holder)
    {
        Released.Add((table.Table, holder.ToString()));
        return Task.CompletedTask;
    }
}
