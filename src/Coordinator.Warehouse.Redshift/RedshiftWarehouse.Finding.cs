using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Explaining;
using Coordinator.Warehouse.Redshift.Failures;

namespace Coordinator.Warehouse.Redshift;

internal sealed partial class RedshiftWarehouse
{
    /// <summary>Runs in a session that is closed afterwards, and its temporary tables and settings with it.</summary>
    public async Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken)
    {
        StatementRules.Ensure(sql);
        var statements = SqlText.Split(sql, SqlDialect.Redshift);
        await _updateSessions.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var connection = await _updates.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            if (StatementRules.NamesDatabase(statements))
                StatementRules.EnsureLocal(statements, await CatalogReader.DatabaseAsync(connection, cancellationToken).ConfigureAwait(false));
            return await TableFinder.FindAsync(statements, new Explainer(connection), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (WarehouseFailure.Of(e, TransactionStage.Work) is { } failure)
        {
            throw failure;
        }
        finally
        {
            _updateSessions.Release();
        }
    }
}
