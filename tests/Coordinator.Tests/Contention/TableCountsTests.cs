using System.Reflection;
using Coordinator.Contention;

namespace Coordinator.Tests.Contention;

public sealed class TableCountsTests
{
    private static readonly PropertyInfo[] Figures = typeof(TableCounts).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    [Fact]
    public void Every_figure_is_combined()
    {
        var (a, b) = (Of(10, 1), Of(7, 2));
        for (var i = 0; i < Figures.Length; i++)
        {
            Assert.Equal(17 + (3 * i), Value(i, a.Plus(b)));
            Assert.Equal(3 - i, Value(i, a.Minus(b)));
            Assert.Equal(Math.Max(10 + i, 7 + (2 * i)), Value(i, a.AtLeast(b)));
        }
    }

    private static double Value(int figure, TableCounts counts) => Convert.ToDouble(Figures[figure].GetValue(counts), null);

    /// <summary>Counts of which each figure differs from the others.</summary>
    private static TableCounts Of(int first, int step)
    {
        object counts = default(TableCounts);
        for (var i = 0; i < Figures.Length; i++) Figures[i].SetValue(counts, Convert.ChangeType(first + (i * step), Figures[i].PropertyType, null));
        return (TableCounts)counts;
    }
}
