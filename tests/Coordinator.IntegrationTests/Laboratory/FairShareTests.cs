using Coordinator.Laboratory.Cycle.Proof;

namespace Coordinator.IntegrationTests.Laboratory;

/// <summary>How the laboratory distinguishes a forgotten write from a slow machine.</summary>
public sealed class FairShareTests
{
    private const int Readers = 2;

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_wait_behind_a_turn_on_its_table_or_behind_whom_it_waits_for_is_explained()
    {
        // The insert waits for table 1, which an update wants that itself waits for table 2.
        var update = new Wait("update", 0b11, 0, At(0), At(10));
        var insert = new Wait("insert", 0b01, 0, At(1), At(10));
        var turn = new Turn(Guid.NewGuid(), 0b10, 0, At(0), At(10), "another");
        var figures = new FairShare([turn], [update], Pace(perSecond: 20)).Judge([insert]);
        Assert.Equal((0d, 0), (figures.UnexplainedMilliseconds, figures.UnexplainedReads));
    }

    [Fact]
    public void A_forgotten_write_shows_in_what_readers_did_meanwhile()
    {
        var wait = new Wait("update", 0b01, 0, At(2), At(8));
        var turn = new Turn(Guid.NewGuid(), 0b01, 0, At(0), At(3), "another");
        var figures = new FairShare([turn], [wait], Pace(perSecond: 20)).Judge([wait]);
        Assert.Equal((5000d, 100), (figures.UnexplainedMilliseconds, figures.UnexplainedReads));
    }

    [Fact]
    public void On_a_machine_that_stands_still_no_write_is_forgotten_however_long_it_takes()
    {
        var wait = new Wait("update", 0b01, 0, At(0), At(60));
        var figures = new FairShare([], [wait], new ReadPace([At(1), At(30), At(59)], Readers)).Judge([wait]);
        Assert.Equal((60_000d, 1), (figures.UnexplainedMilliseconds, figures.UnexplainedReads));
    }

    private static DateTime At(double second) => Start.AddSeconds(second);

    /// <summary>Every reader reads so often in each of ten seconds.</summary>
    private static ReadPace Pace(int perSecond) =>
        new(Enumerable.Range(0, 10 * perSecond).SelectMany(i => Enumerable.Repeat(At((double)i / perSecond), Readers)), Readers);
}
