using Coordinator.BrowserTests.Browsing;
using Coordinator.BrowserTests.Silos;

namespace Coordinator.BrowserTests;

/// <summary>What an operator sees after two activations wrote to a table at the same time.</summary>
[Collection(SplitCollection.Name)]
public sealed class OverlapTests(SplitSilos silos)
{
    [Fact]
    public async Task An_overlap_that_a_split_directory_forced_shows_in_the_list_and_with_the_warehouses_message_on_the_tables_page()
    {
        await using (var overview = await silos.Browser.OpenAsync(silos.Silo, "contention"))
        {
            var overlaps = overview.Row(SplitSilos.Table).GetByTestId("cell-overlaps");
            await overlaps.HasTextAsync("");
            Assert.True(int.Parse(await overlaps.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture) > 0, "overlaps are counted");
            overview.AssertContent();
        }

        await using var detail = await silos.Browser.OpenAsync(silos.Silo, $"contention/{SplitSilos.Table}");
        var conflict = detail.Find("conflicts").GetByTestId("conflict-row").First;
        await conflict.HasTextAsync("overlap");
        await conflict.HasTextAsync("concurrent update");
        detail.AssertContent();
    }
}
