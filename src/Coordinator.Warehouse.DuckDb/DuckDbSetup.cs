using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using DuckDB.NET.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Runs <see cref="DuckDbWarehouseOptions.SetupScript"/> in one transaction, before any hosted service of the silo starts.</summary>
internal sealed partial class DuckDbSetup(DuckDbConnections connections, IOptions<DuckDbWarehouseOptions> options, ILogger<DuckDbSetup> logger)
    : IHostedLifecycleService
{
    private const string Key = "Coordinator:Warehouse:DuckDb:SetupScript";

    /// <exception cref="OptionsValidationException">The script cannot be read or run; the message names setting, file, statement and
    /// cause.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.SetupScript.Length == 0) return;
        var file = Path.GetFullPath(options.Value.SetupScript);
        try
        {
            var sql = await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
            if (TransactionControl.Refusal(sql) is { } refusal) throw new WarehouseException(FailureKind.Rejected, refusal);
            var statements = SqlText.Split(sql);
            await WarehouseTransaction.RunAsync(
                connections, session => (Run(session, statements), Commit: true), static _ => ValueTask.FromResult(true), cancellationToken)
                    .ConfigureAwait(false);
            Done(statements.Count, file);
        }
        catch (Exception e) when (e is WarehouseException or IOException or UnauthorizedAccessException)
        {
            var mistake = $"{Key} is '{options.Value.SetupScript}'; {file} was not run: {e.Message}";
            throw new OptionsValidationException(Key, typeof(DuckDbWarehouseOptions), [mistake]);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool Run(DuckDbSession session, IReadOnlyList<SqlStatement> statements)
    {
        // A script may change settings of its connection.
        session.Retire();
        for (var i = 0; i < statements.Count; i++)
        {
            try
            {
                session.Execute(statements[i].Text);
            }
            catch (DuckDBException e) when (WarehouseFailure.Translate(e) is { } failure)
            {
                var firstLine = statements[i].Text.Split('\n')[0].TrimEnd();
                throw new WarehouseException(failure.Kind, $"statement {i + 1} of {statements.Count} ({firstLine}): {failure.Message}", e);
            }
        }

        return true;
    }
}
