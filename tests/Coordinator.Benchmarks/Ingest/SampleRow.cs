namespace Coordinator.Benchmarks.Ingest;

/// <summary>The row that every phase writes, computed from its number.</summary>
internal readonly record struct SampleRow(long Id, string Kind, double Value, DateTimeOffset At)
{
    private static readonly string[] Kinds = ["click", "view", "purchase", "refund"];
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static SampleRow Of(long number) => new(number, Kinds[number & 3], number * 0.25, Start.AddMilliseconds(number));
}
