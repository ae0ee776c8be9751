using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Tests;

/// <summary>Small valid values that tests vary.</summary>
internal static class Some
{
    public static readonly TableName Table = TableName.Parse("public.events");

    public static readonly Guid Origin = Guid.Parse("11111111-1111-4111-8111-111111111111");

    public static IntentId Id(long sequence) => new(Origin, sequence);

    public static RowBlock Rows(int count = 1, string column = "id")
    {
        var builder = new RowBlockBuilder(new RowSchema((column, ColumnType.Int64)));
        for (var i = 0; i < count; i++) builder[0].Append((long)i);
        return builder.Build();
    }

    public static InsertIntent Insert(long sequence, int rows = 1, string column = "id", TimeSpan maxWait = default) => new()
    {
        Id = Id(sequence),
        Table = Table,
        Rows = Rows(rows, column),
        Source = "test",
        MaxWait = maxWait,
    };
}
