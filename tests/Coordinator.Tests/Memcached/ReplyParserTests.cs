using System.Buffers;
using System.Text;
using Coordinator.Memcached;

namespace Coordinator.Tests.Memcached;

public sealed class ReplyParserTests
{
    public static TheoryData<string, MemcachedReply> Replies => new()
    {
        { "VA 5 c1 t30\r\nownrA\r\n", new(ReplyKind.Value, "ownrA", 1, 30) },
        { "VA 5  c61  t-1 \r\nownrA\r\n", new(ReplyKind.Value, "ownrA", 61, -1) },
        { "VA 0\r\n\r\n", new(ReplyKind.Value) },
        { "VA 2 W c9\r\n\r\n\r\n", new(ReplyKind.Value, "\r\n", 9) },
        { "EN\r\n", new(ReplyKind.Miss) },
        { "HD\r\n", new(ReplyKind.Deleted) },
        { "HD \r\n", new(ReplyKind.Deleted) },
        { "NF\r\n", new(ReplyKind.NotFound) },
        { "EX\r\n", new(ReplyKind.Exists) },
        { "MN\r\n", new(ReplyKind.NoOp) },
        { "STORED\r\n", new(ReplyKind.Stored) },
        { "NOT_STORED\r\n", new(ReplyKind.NotStored) },
        { "ERROR\r\n", new(ReplyKind.Error, Detail: "ERROR") },
        { "SERVER_ERROR out of memory storing object\r\n", new(ReplyKind.Error, Detail: "SERVER_ERROR out of memory storing object") },
        { "CLIENT_ERROR bad data chunk\r\n", new(ReplyKind.Error, Detail: "CLIENT_ERROR bad data chunk") },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_reply_that_comes_byte_by_byte_is_read_once_it_is_whole(string text, MemcachedReply expected)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var i = 0; i < bytes.Length; i++)
        {
            var part = InPieces(bytes.AsMemory(0, i));
            Assert.False(ReplyParser.TryRead(ref part, out _), $"{i} bytes of {bytes.Length} were taken for a reply");
            Assert.Equal(i, part.Length);
        }

        var whole = InPieces(bytes);
        Assert.True(ReplyParser.TryRead(ref whole, out var reply));
        Assert.Equal(expected, reply);
        Assert.True(whole.IsEmpty);
    }

    [Fact]
    public void Replies_in_a_row_are_read_one_by_one()
    {
        var input = new ReadOnlySequence<byte>("NOT_STORED\r\nVA 1 c7 t3\r\nA\r\nMN\r\n"u8.ToArray());
        var kinds = new List<ReplyKind>();
        while (ReplyParser.TryRead(ref input, out var reply)) kinds.Add(reply.Kind);
        Assert.Equal([ReplyKind.NotStored, ReplyKind.Value, ReplyKind.NoOp], kinds);
    }

    [Theory]
    [InlineData("HELLO\r\n")]
    [InlineData("\r\n")]
    [InlineData("VA x c1\r\n")]
    [InlineData("VA -1\r\n")]
    [InlineData("VA 99999999\r\n")]
    [InlineData("VA 5x c1\r\n")]
    [InlineData("VA 1 cx\r\nA\r\n")]
    [InlineData("VA 1 c1\r\nAB\r\n")]
    public void Garbage_is_an_error_and_nothing_else(string text)
    {
        var input = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text));
        Assert.True(ReplyParser.TryRead(ref input, out var reply));
        Assert.Equal(ReplyKind.Error, reply.Kind);
        Assert.NotEqual("", reply.Detail);
    }

    [Fact]
    public void A_line_without_an_end_is_an_error_at_the_limit()
    {
        var input = new ReadOnlySequence<byte>(new byte[5000]);
        Assert.True(ReplyParser.TryRead(ref input, out var reply));
        Assert.Equal(ReplyKind.Error, reply.Kind);
    }

    private static ReadOnlySequence<byte> InPieces(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return ReadOnlySequence<byte>.Empty;
        var first = new Piece(bytes[..1], 0);
        var last = first;
        for (var i = 1; i < bytes.Length; i++) last = last.Append(bytes.Slice(i, 1));
        return new ReadOnlySequence<byte>(first, 0, last, 1);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
