using System.Security.Cryptography;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Benchmarks.Staging;

/// <summary>Rows of about 100 bytes as text, computed from their number: an event with a session name that hardly compresses.</summary>
internal static class NarrowRows
{
    public const string Columns = "id bigint, kind varchar(20), session varchar(36), value double precision, at timestamptz";

    private static readonly RowSchema Schema = new(
        ("id", ColumnType.Int64), ("kind", ColumnType.Text), ("session", ColumnType.Text), ("value", ColumnType.Double),
        ("at", ColumnType.TimestampTz));
    private static readonly string[] Kinds = ["click", "view", "purchase", "refund"];
    private static readonly string[] Sessions = [.. Enumerable.Range(0, 65_536).Select(static i => new Guid(MD5Of(i)).ToString("D"))];
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static RowBlock Of(long first, int rows)
    {
        var builder = new RowBlockBuilder(Schema);
        for (var number = first; number < first + rows; number++)
        {
            builder[0].Append(number);
            builder[1].Append(Kinds[number & 3]);
            builder[2].Append(Sessions[number * 31 & 0xFFFF]);
            builder[3].Append(number * 0.25);
            builder[4].Append(Start.AddMilliseconds(number));
        }

        return builder.Build();
    }

    public static InsertIntent IntentOf(long first, int rows) =>
        new() { Id = new IntentId(Guid.Empty, first), Table = TableName.Parse("events"), Rows = Of(first, rows) };

#pragma warning disable CA5351 // The hash is a source of random-looking bytes, not a safeguard.
    private static byte[] MD5Of(int number) => MD5.HashData(BitConverter.GetBytes(number));
#pragma warning restore CA5351
}
