using System.Globalization;

namespace Coordinator.Demo;

/// <summary>Checks that the warehouse contains exactly the acknowledged rows, each once, and a correct summary.</summary>
internal static class Verification
{
    /// <summary>Runs the job a last time and checks. Returns the violations.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(
        DemoWarehouse warehouse, DemoTables tables, string half, IReadOnlyCollection<Guid> acknowledged, IDemoWriter writer,
        CancellationToken cancellationToken)
    {
        if (!await writer.UpdateAsync(cancellationToken))
            return [$"{half}: the last run of the job failed because of a conflict although there was no other writer"];
        var problems = new List<string>();
        await using var connection = await warehouse.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = tables.AllIds;
        var missing = new HashSet<Guid>(acknowledged);
        var seen = new HashSet<Guid>();
        var (twice, foreign) = (0, 0);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var id = reader.GetGuid(0);
                if (!seen.Add(id)) twice++;
                else if (!missing.Remove(id)) foreign++;
            }
        }

        if (acknowledged.Count != acknowledged.Distinct().Count()) problems.Add($"{half}: a row was acknowledged twice");
        if (missing.Count > 0) problems.Add($"{half}: {missing.Count} rows were acknowledged as committed and are not in {tables.Events}");
        if (twice > 0) problems.Add($"{half}: {twice} rows are in {tables.Events} more than once");
        if (foreign > 0) problems.Add($"{half}: {foreign} rows are in {tables.Events} that were not acknowledged");
        command.CommandText = tables.WrongKinds;
        var wrong = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        if (wrong > 0) problems.Add($"{half}: {wrong} rows of {tables.Summary} are not the aggregate of {tables.Events}");
        return problems;
    }
}
