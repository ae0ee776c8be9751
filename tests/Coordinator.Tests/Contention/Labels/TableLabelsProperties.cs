using Coordinator.Contention;
using Coordinator.Core.Contention.Labels;
using Coordinator.Tables;
using CsCheck;

namespace Coordinator.Tests.Contention.Labels;

/// <summary>For any activity of tables: sums agree, no series decreases, and there are no more labels than allowed.</summary>
public sealed class TableLabelsProperties
{
    private const int Tables = 12;
    private const int MaxTables = 4;
    private const int MaxNames = 7;

    /// <summary>One step: a table and its new counts, whether the table is forgotten, and the time since the last step.</summary>
    private static readonly Gen<(int Table, int Rows, double Held, bool IsForgotten, int Minutes, int Contention)[]> Looks = Gen.Select(
        Gen.Int[0, Tables - 1], Gen.Int[0, 50], Gen.Double[0, 10], Gen.Bool.Select(Gen.Int[0, 4], static (b, i) => b && i == 0), Gen.Int[0, 20],
        Gen.Int[0, 3],
        static (table, rows, held, gone, minutes, contention) => (table, rows, held, gone, minutes, contention)).Array[1, 120];

    [Fact]
    public void Sums_agree_series_never_fall_and_labels_are_bounded() => Looks.Sample(static looks =>
    {
        var labels = new TableLabels(MaxTables, MaxNames);
        var accounts = new Dictionary<int, TableReading>();
        var (forgotten, total) = (default(TableCounts), default(TableCounts));
        var before = new Dictionary<string, TableCounts>();
        var now = DateTimeOffset.UnixEpoch;
        foreach (var look in looks)
        {
            now += TimeSpan.FromMinutes(look.Minutes);
            var news = new TableCounts { Rows = look.Rows, InsertsHeldMilliseconds = look.Held };
            total = total.Plus(news);
            var known = accounts.GetValueOrDefault(look.Table)
                ?? new TableReading(TableName.Parse($"t{look.Table}"), new object(), default, 0, now, new TableGauges(1, 0, 0, 0, []));
            accounts[look.Table] = known with { Counts = known.Counts.Plus(news), ContentionMilliseconds = look.Contention, LatestAt = now };
            if (look.IsForgotten)
            {
                // Some of these counts may not have been reported yet.
                forgotten = forgotten.Plus(accounts[look.Table].Counts);
                accounts.Remove(look.Table);
            }

            var figures = labels.Update([.. accounts.Values], forgotten, now);
            var sum = figures.Aggregate(default(TableCounts), static (sum, f) => sum.Plus(f.Counts));
            Assert.Equal(total.Rows, sum.Rows);
            Assert.Equal(total.InsertsHeldMilliseconds, sum.InsertsHeldMilliseconds, 0.01);
            Assert.True(figures.Count(static f => f.Label != TableLabels.Other && f.Now is not null) <= MaxTables);
            Assert.True(figures.Count <= MaxNames + 1);
            Assert.Equal(figures.Count, figures.Select(static f => f.Label).Distinct().Count());
            foreach (var figure in figures)
            {
                Assert.True(figure.Counts.Rows >= before.GetValueOrDefault(figure.Label).Rows);
                Assert.True(figure.Counts.InsertsHeldMilliseconds >= before.GetValueOrDefault(figure.Label).InsertsHeldMilliseconds);
            }

            Assert.Empty(before.Keys.Except(figures.Select(static f => f.Label)));
            before = figures.ToDictionary(static f => f.Label, static f => f.Counts);
        }
    });
}
