namespace Coordinator.Simulation.Histories.Checks;

/// <summary>Every row has the values that it was sent with, and was sent.</summary>
internal sealed class ValueCheck : IHistoryCheck
{
    private const int TextLength = 60;

    public IEnumerable<Finding> Find(History history)
    {
        foreach (var table in history.Tables)
        {
            var sent = history.Intents.Values.Where(i => i.First.Table == table.Name)
                .SelectMany(static i => i.Rows.Select(row => (Intent: i, Row: row))).ToDictionary(static s => s.Row.Key);
            foreach (var row in table.Rows)
            {
                if (!sent.TryGetValue(row.Key, out var meant))
                    yield return new(FindingKind.WrongValue, $"{table.Name} has row {row.Key}, which no caller sent");
                else if (meant.Row.Value is { } value && value != row.Value)
                    yield return new(FindingKind.WrongValue, $"{meant.Intent}: row {row.Key} is '{Short(row.Value)}', sent as '{Short(value)}'");
            }
        }
    }

    private static string Short(string text) => text.Length <= TextLength ? text : text[..TextLength] + "…";
}
