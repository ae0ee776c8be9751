using Coordinator.Core.Reservations;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Updates;

/// <summary>The tables' grains from an update's point of view.</summary>
internal sealed partial class GrainTableTurns(IGrainFactory grains, ILogger<GrainTableTurns> logger) : ITableTurns
{
    public Task<ReserveResponse> ReserveAsync(TableName table, ReserveRequest request) =>
        AskAsync(table, request.Id, request, static (grain, request) => grain.ReserveAsync(request));

    public Task ReleaseAsync(TableName table, IntentId id, HolderId holder) => AskAsync(table, id, (id, holder), static async (grain, who) =>
    {
        await grain.ReleaseAsync(who.id, who.holder.ToString());
        return true;
    });

    private async Task<TAnswer> AskAsync<TQuestion, TAnswer>(
        TableName table, IntentId id, TQuestion question, Func<ITableGrain, TQuestion, Task<TAnswer>> ask)
    {
        try
        {
            return await ask(grains.GetGrain<ITableGrain>(table.ToString()), question);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            LogSilent(logger, table, id, failure);
            throw new Coordinator.Errors.SiloUnavailableException($"The grain of {table} does not answer.", innerException: failure);
        }
        catch (CoordinatorException failure)
        {
            LogSilent(logger, table, id, failure);
            throw;
        }
    }

    [LoggerMessage(2200, LogLevel.Warning, "The grain of {Table} did not answer for update {Id}")]
    private static partial void LogSilent(ILogger logger, TableName table, IntentId id, Exception failure);
}
