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
            var intents = ids.Select(i => new InsertIntent { Id = new IntentId(origins[i.Item1], i.Item2), Table = Some.Table, Rows = Some.Rows() })
                .ToList();

            var ranges = SequenceRanges.Of(intents);

            var unfolded = ranges.SelectMany(static r =>
                Enumerable.Range((int)r.First, (int)(r.Last - r.First + 1)).Select(s => new IntentId(r.Origin, s)));
            Assert.Equal(intents.Select(static i => i.Id).ToHashSet(), unfolded.ToHashSet());
            Assert.Equal(intents.Count, ranges.Sum(static r => r.Rows));
            Assert.DoesNotContain(ranges, r => ranges.Any(o => o.Origin == r.Origin && o.First == r.Last + 1));
        });

    [Fact]
    public void What_has_a_content_hash_shares_its_row_with_no_other_and_its_anchors_are_rows_without_rows()
    {
        var (content, anchor) = (Guid.NewGuid(), Guid.NewGuid());
        InsertIntent[] intents = [Some.Insert(1), With(Some.Insert(2), content, anchor), With(Some.Insert(3), Guid.NewGuid(), anchor), Some.Insert(4),
            Some.Insert(5)];
        var ranges = SequenceRanges.Of(intents);

        Assert.Equal([(1L, 1L), (2L, 2L), (3L, 3L), (4L, 5L), (-1L, -1L)], ranges.Select(static r => (r.First, r.Last)));
        Assert.Equal(content, ranges[1].Content);
        Assert.Equal(new SequenceRange(anchor, -1, -1, 0, Some.Origin), ranges[^1]);
    }

    [Fact]
    public void An_anchor_that_the_ledger_has_is_not_recorded_again()
    {
        var anchor = Guid.NewGuid();
        var known = new KnownRanges([new KnownRange(SequenceRange.Anchor(anchor, Guid.NewGuid()), new LedgerEntry(Guid.NewGuid(), default))]);
        InsertIntent[] intents = [With(Some.Insert(2), Guid.NewGuid(), anchor)];
        var (fresh, already) = known.Divide(intents);

        Assert.Empty(already);
        Assert.Equal([2L], known.ToRecord(fresh).Select(static r => r.First));
    }

    private static InsertIntent With(InsertIntent intent, Guid content, Guid anchor) =>
        new() { Id = intent.Id, Table = intent.Table, Rows = intent.Rows, ContentHash = content, Anchors = [anchor] };
}
