using System.Text;
using Coordinator.Files.Records;
using CsCheck;

namespace Coordinator.Tests.Files;

/// <summary>Chains of crashes and changes of a file, from seeds.</summary>
[Trait("Kind", "Simulation")]
public sealed class LineageProperties : LineageTestBase
{
    /// <summary>Any sequence of crashes, corrections, insertions and appends ends with each record once. A part that changed several times
    /// within one intent may be reported instead of inserted, but is never doubled.</summary>
    [Fact]
    public Task Each_record_is_in_the_table_once_however_the_file_was_changed_between_runs() => Gen.Int.SampleAsync(
        async seed =>
        {
            var random = new Random(seed);
            var ledger = new FakeLedger { Refuses = static n => n == Bad };
            var story = new StringBuilder();
            var next = 1;
            var ended = true;
            var lines = More(random.Next(20, 60));
            for (var step = 0; step < 7; step++)
            {
                var isLast = step == 6;
                // One or two records alone do not identify a changed file, and neither does an intent that was cut in several places before
                // its parts were known.
                if (!isLast && ended && random.Next(2) == 0 && ledger.Table.Count is 0 or >= 4)
                    lines.InsertRange(random.Next(lines.Count + 1), More(random.Next(1, 12)));
                var bad = !isLast && random.Next(2) == 0 ? random.Next(lines.Count) : -1;
                var run = bad < 0 ? lines : [.. lines.Select((line, i) => i == bad && !ledger.Table.Contains(line) ? Bad : line)];
                var dies = !isLast && random.Next(3) == 0 ? random.Next(6) : int.MaxValue;
                ledger.DiesAfter = dies == int.MaxValue ? dies : ledger.Sent.Count + dies;
                var rows = random.Next(4, 20);
                var report = await RunAsync(ledger, TextOf(run), RowFormat.Ndjson, rows, null, again: false);
                ended = report is not null;
                story.AppendLine($"{string.Join(' ', run)}\n  by {rows}, dies after {dies}: {report}");
                story.AppendLine($"  table: {string.Join(' ', ledger.Table)}\n  ids: {string.Join(' ', ledger.Sent)}");
                Assert.True(ledger.Table.Distinct().Count() == ledger.Table.Count, $"Seed {seed}: a record is in the table twice.\n{story}");
                if (report is { RowsChanged: > 0 }) return;
                if (isLast)
                    Assert.True(report!.IsDone && ledger.Table.Order().SequenceEqual(lines.Order()), $"Seed {seed}: a record is missing.\n{story}");
            }

            List<string> More(int count) => [.. Enumerable.Range(0, count).Select(_ => $"{next++}")];
        },
        iter: 300);
}
