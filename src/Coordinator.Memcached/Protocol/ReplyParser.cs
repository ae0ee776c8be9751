using System.Buffers.Text;
using System.Text;

namespace Coordinator.Memcached.Protocol;

/// <summary>Parses one reply at the front of the received bytes. An unknown reply is an error, after which replies cannot be matched.</summary>
internal static class ReplyParser
{
    public const int MaxLineBytes = 2048;

    /// <summary>A lock's value has at most 250 bytes; the servers of the largest cluster need some 30,000.</summary>
    public const int MaxDataBytes = 32 * 1024;

    /// <summary>A buffer of this size always has room for the rest of a reply.</summary>
    public const int MaxReplyBytes = MaxLineBytes + 2 + MaxDataBytes + 2 + 5;

    /// <summary>True if there was a complete reply, of <paramref name="used"/> bytes. If false, read more.</summary>
    public static bool TryRead(ReadOnlySpan<byte> input, ValueCache values, out int used, out MemcachedReply reply)
    {
        reply = default;
        var end = input[..Math.Min(input.Length, MaxLineBytes + 2)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            used = input.Length;
            if (input.Length < MaxLineBytes + 2) return false;
            reply = MemcachedReply.Error($"A reply line of more than {MaxLineBytes} bytes: {Printable(input)}");
            return true;
        }

        var line = input[..end];
        used = end + 2;
        if (line.StartsWith("VA "u8)) return TryReadValue(line, input[used..], values, ref used, out reply);
        if (line.StartsWith("CONFIG "u8)) return TryReadConfig(line, input[used..], ref used, out reply);
        reply = Plain(line);
        return true;
    }

    private static MemcachedReply Plain(ReadOnlySpan<byte> line)
    {
        // A status may be followed by flags; before 1.6.18 also by extra spaces.
        var space = line.IndexOf((byte)' ');
        var word = space < 0 ? line : line[..space];
        if (word.SequenceEqual("EN"u8)) return new MemcachedReply(ReplyKind.Miss);
        if (word.SequenceEqual("HD"u8)) return new MemcachedReply(ReplyKind.Deleted);
        if (word.SequenceEqual("NF"u8)) return new MemcachedReply(ReplyKind.NotFound);
        if (word.SequenceEqual("EX"u8)) return new MemcachedReply(ReplyKind.Exists);
        if (word.SequenceEqual("MN"u8)) return new MemcachedReply(ReplyKind.NoOp);
        if (word.SequenceEqual("STORED"u8)) return new MemcachedReply(ReplyKind.Stored);
        if (word.SequenceEqual("NOT_STORED"u8)) return new MemcachedReply(ReplyKind.NotStored);
        return MemcachedReply.Error(line.IsEmpty ? "An empty reply line." : Printable(line));
    }

    /// <summary><c>VA LENGTH FLAGS</c>, then the data.</summary>
    private static bool TryReadValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest, ValueCache values, ref int used, out MemcachedReply reply)
    {
        var flags = line[3..].TrimStart((byte)' ');
        if (!TryReadLength(ref flags, out var length))
        {
            reply = MemcachedReply.Error($"A value with an invalid length: {Printable(line)}");
            return true;
        }

        ulong cas = 0;
        int? ttl = null;
        while (!(flags = flags.TrimStart((byte)' ')).IsEmpty)
        {
            var space = flags.IndexOf((byte)' ');
            var flag = space < 0 ? flags : flags[..space];
            flags = flags[flag.Length..];
            if (flag[0] == 'c' && Utf8Parser.TryParse(flag[1..], out ulong c, out var cUsed) && cUsed == flag.Length - 1) cas = c;
            else if (flag[0] == 't' && Utf8Parser.TryParse(flag[1..], out int t, out var tUsed) && tUsed == flag.Length - 1) ttl = t;
            else if (flag[0] is (byte)'c' or (byte)'t')
            {
                reply = MemcachedReply.Error($"An unreadable flag: {Printable(line)}");
                return true;
            }
        }

        reply = default;
        if (rest.Length < length + 2) return false;
        used += length + 2;
        reply = rest[length..].StartsWith("\r\n"u8)
            ? new MemcachedReply(ReplyKind.Value, values.Get(rest[..length]), cas, ttl)
            : MemcachedReply.Error("A value without its line end.");
        return true;
    }

    /// <summary><c>CONFIG cluster FLAGS LENGTH</c>, then the data, then <c>END</c>.</summary>
    private static bool TryReadConfig(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest, ref int used, out MemcachedReply reply)
    {
        reply = default;
        var last = line[(line.LastIndexOf((byte)' ') + 1)..];
        if (!TryReadLength(ref last, out var length) || !last.IsEmpty)
        {
            reply = MemcachedReply.Error($"A configuration with an invalid length: {Printable(line)}");
            return true;
        }

        var end = "\r\nEND\r\n"u8;
        if (rest.Length < length + end.Length) return false;
        used += length + end.Length;
        reply = rest[length..].StartsWith(end)
            ? new MemcachedReply(ReplyKind.Config, Encoding.Latin1.GetString(rest[..length]))
            : MemcachedReply.Error("A configuration without its END.");
        return true;
    }

    private static bool TryReadLength(ref ReadOnlySpan<byte> text, out int length)
    {
        if (!Utf8Parser.TryParse(text, out length, out var used) || length is < 0 or > MaxDataBytes) return false;
        text = text[used..];
        return text.IsEmpty || text[0] == ' ';
    }

    private static string Printable(ReadOnlySpan<byte> line)
    {
        var text = Encoding.ASCII.GetString(line[..Math.Min(line.Length, 100)]);
        return new string([.. text.Select(static c => char.IsControl(c) ? '?' : c)]);
    }
}
