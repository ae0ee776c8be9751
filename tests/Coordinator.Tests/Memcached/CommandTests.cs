using System.Buffers;
using System.Text;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Tests.Memcached;

public sealed class CommandTests
{
    [Fact]
    public void Commands_are_what_the_protocol_says()
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var command in new[] { Command.Add("k", "me", 15), Command.Get("k"), Command.Peek("k"), Command.Touch("k", 15),
            Command.Delete("k", 7), Command.NoOp, Command.Config })
            command.WriteTo(output);
        Assert.Equal("add k 0 15 2\r\nme\r\nmg k v c t\r\nmg k v c t u\r\nmg k v c T15 t\r\nmd k C7\r\nmn\r\nconfig get cluster\r\n",
            Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Fact]
    public void The_longest_command_is_written_whole()
    {
        var (key, value) = (new string('k', Wire.MaxKeyBytes), new string('v', Wire.MaxValueBytes));
        var output = new ArrayBufferWriter<byte>();
        Command.Add(key, value, Wire.MaxTtlSeconds).WriteTo(output);
        Command.Delete(key, ulong.MaxValue).WriteTo(output);
        Assert.Equal($"add {key} 0 2592000 250\r\n{value}\r\nmd {key} C18446744073709551615\r\n", Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nflush_all")]
    [InlineData("ä")]
    public void A_key_that_memcached_would_misread_is_refused(string key) => Assert.ThrowsAny<ArgumentException>(() => Wire.CheckKey(key));

    [Fact]
    public void A_key_of_250_bytes_is_taken_and_one_of_251_refused()
    {
        Wire.CheckKey(new string('k', 250));
        Assert.Throws<ArgumentException>(() => Wire.CheckKey(new string('k', 251)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-b")]
    [InlineData("a b")]
    public void A_value_is_letters_and_digits(string value) => Assert.ThrowsAny<ArgumentException>(() => Wire.CheckValue(value));

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(1500)]
    [InlineData(2_592_001_000)]
    public void A_life_that_is_not_whole_seconds_is_refused(long milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wire.Seconds(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData("cache1:11222", "cache1", 11222)]
    [InlineData("cache1", "cache1", 11211)]
    [InlineData("[::1]:5", "::1", 5)]
    public void An_address_is_a_host_and_perhaps_a_port(string text, string host, int port)
    {
        Assert.True(ServerAddress.TryParse(text, out var address));
        Assert.Equal(new ServerAddress(host, port), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":1")]
    [InlineData("a:0")]
    [InlineData("a:70000")]
    [InlineData("a:b")]
    [InlineData("::1")]
    public void What_is_no_address_is_refused(string text) => Assert.False(ServerAddress.TryParse(text, out _));
}
