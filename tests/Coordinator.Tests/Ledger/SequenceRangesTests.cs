using Coordinator.Core.Ledger;
using Coordinator.Intents;
using CsCheck;

namespace Coordinator.Tests.Ledger;

public sealed class SequenceRangesTests
{
    [Fact]
    public void A_batch_of_one_writer_is_one_row()
    {
        var ranges = SequenceRanges.Of([.. Enumerable.Range(7, 1000).Select(static i => Some.Insert(i, rows: 2))]);
        Assert.Equal([new SequenceRange(Some.Origin, 7, 1006, 2000)], ranges);
    }

    [Fact]
    public void Ranges_hold_what_was_given_and_nothing_else() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 30]).HashSet[1, 40].Sample(static ids =>
        {
            var origins = new[] { Guid.Empty, Some.Origin, Guid.AllBitsSet };
            var intents = ids.Select(i => new InsertIntent { Id = new IntentId(origins[i.Item1], i.Item2), Table = Some.Table, Rows = Some.Rows() }).ToList();

            var ranges = SequenceRanges.Of(intents);

            var unfolded = ranges.SelectMany(static r => Enumerable.Range((int)r.First, (int)(r.Last - r.First + 1)).Select(s => new IntentId(r.Origin, s)));
            Assert.Equal(intents.Select(static i => i.Id).ToHashSet(), unfolded.ToHashSet());
            Assert.Equal(intents.Count, ranges.Sum(static r => r.Rows));
            Assert.DoesNotContain(ranges, r => ranges.Any(o => o.Origin == r.Origin && o.First == r.Last + 1));
        });
}
