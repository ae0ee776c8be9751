namespace Coordinator.Demo;

/// <summary>A row of <c>events</c>.</summary>
internal sealed record EventRow(Guid Id, int Kind, long Amount)
{
    public const int Kinds = 10;

    public static EventRow[] Make(Random random, int count)
    {
        var rows = new EventRow[count];
        var id = new byte[16];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(id);
            rows[i] = new EventRow(new Guid(id), random.Next(Kinds), random.Next(1000));
        }

        return rows;
    }
}
