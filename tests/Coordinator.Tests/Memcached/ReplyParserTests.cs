using System.Text;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Tests.Memcached;

public sealed class ReplyParserTests
{
    private readonly ValueCache _values = new();

    public static TheoryData<string, MemcachedReply> Replies => new()
    {
        { "VA 5 c1 t30\r\nownrA\r\n", new(ReplyKind.Value, "ownrA", 1, 30) },
        { "VA 5  c61  t-1 \r\nownrA\r\n", new(ReplyKind.Value, "ownrA", 61, -1) },
        { "VA 0\r\n\r\n", new(ReplyKind.Value) },
        { "VA 2 W c9\r\n\r\n\r\n", new(ReplyKind.Value, "\r\n", 9) },
        { "CONFIG cluster 0 9\r\n1\na|b|11\n\r\nEND\r\n", new(ReplyKind.Config, "1\na|b|11\n") },
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
            Assert.False(ReplyParser.TryRead(bytes.AsSpan(0, i), _values, out _, out _), $"{i} bytes of {bytes.Length} were taken for a reply");
        Assert.True(ReplyParser.TryRead(bytes, _values, out var used, out var reply));
        Assert.Equal(expected, reply);
        Assert.Equal(bytes.Length, used);
    }

    [Fact]
    public void Replies_in_a_row_are_read_one_by_one()
    {
        var input = "NOT_STORED\r\nVA 1 c7 t3\r\nA\r\nMN\r\n"u8;
        var kinds = new List<ReplyKind>();
        for (; ReplyParser.TryRead(input, _values, out var used, out var reply); input = input[used..]) kinds.Add(reply.Kind);
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
    [InlineData("CONFIG cluster\r\n")]
    [InlineData("CONFIG cluster 0 99999999\r\n")]
    [InlineData("CONFIG cluster 0 1\r\n1\r\nEND \n")]
    public void Garbage_is_an_error_and_nothing_else(string text)
    {
        Assert.True(ReplyParser.TryRead(Encoding.ASCII.GetBytes(text), _values, out _, out var reply));
        Assert.Equal(ReplyKind.Error, reply.Kind);
        Assert.NotEqual("", reply.Detail);
    }

    [Fact]
    public void A_line_without_an_end_is_an_error_at_the_limit()
    {
        Assert.False(ReplyParser.TryRead(new byte[ReplyParser.MaxLineBytes + 1], _values, out _, out _));
        Assert.True(ReplyParser.TryRead(new byte[ReplyParser.MaxLineBytes + 2], _values, out _, out var reply));
        Assert.Equal(ReplyKind.Error, reply.Kind);
    }

    [Fact]
    public void The_longest_reply_fits_the_buffer()
    {
        var line = $"VA {ReplyParser.MaxDataBytes} ".PadRight(ReplyParser.MaxLineBytes);
        var bytes = Encoding.ASCII.GetBytes($"{line}\r\n{new string('v', ReplyParser.MaxDataBytes)}\r\n");
        Assert.True(ReplyParser.TryRead(bytes, _values, out var used, out var reply));
        Assert.Equal((ReplyKind.Value, bytes.Length), (reply.Kind, used));
        Assert.InRange(ReplyParser.MaxReplyBytes, bytes.Length, ReplyBuffer.Size);
    }

    [Fact]
    public void A_value_read_again_is_the_same_string()
    {
        Assert.True(ReplyParser.TryRead("VA 5 c1 t30\r\nownrA\r\n"u8, _values, out _, out var first));
        Assert.True(ReplyParser.TryRead("VA 5 c9 t3\r\nownrA\r\n"u8, _values, out _, out var second));
        Assert.Same(first.Value, second.Value);
    }
}
