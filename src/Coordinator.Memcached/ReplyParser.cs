using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Coordinator.Memcached;

/// <summary>Reads one reply off the front of what came. Whatever it does not know is an error, after which nothing can be matched.</summary>
internal static class ReplyParser
{
    private const int MaxLineBytes = 2048;
    private const int MaxDataBytes = 64 * 1024;

    /// <summary>True if a whole reply was there: it is cut off <paramref name="input"/>. False: read more.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> input, out MemcachedReply reply)
    {
        reply = default;
        var reader = new SequenceReader<byte>(input);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> lineBytes, "\r\n"u8))
        {
            if (input.Length <= MaxLineBytes) return false;
            reply = MemcachedReply.Error($"A reply line of more than {MaxLineBytes} bytes.");
            return true;
        }

        Span<byte> buffer = stackalloc byte[MaxLineBytes];
        if (lineBytes.Length > MaxLineBytes)
        {
            reply = MemcachedReply.Error($"A reply line of {lineBytes.Length} bytes.");
            return true;
        }

        lineBytes.CopyTo(buffer);
        ReadOnlySpan<byte> line = buffer[..(int)lineBytes.Length];
        if (line.StartsWith("VA "u8))
        {
            if (!TryReadValue(ref reader, line[3..], out reply)) return false;
        }
        else
        {
            reply = Plain(line);
        }

        input = input.Slice(reader.Position);
        return true;
    }

    private static MemcachedReply Plain(ReadOnlySpan<byte> line)
    {
        // A bare status may be followed by flags; before 1.6.18 also by extra spaces.
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

    private static bool TryReadValue(ref SequenceReader<byte> reader, scoped ReadOnlySpan<byte> rest, out MemcachedReply reply)
    {
        reply = default;
        ulong cas = 0;
        int? ttl = null;
        rest = rest.TrimStart((byte)' ');
        if (!Utf8Parser.TryParse(rest, out int length, out var used) || length is < 0 or > MaxDataBytes || (used < rest.Length && rest[used] != ' '))
        {
            reply = MemcachedReply.Error($"A value of no sensible length: VA {Printable(rest)}");
            return true;
        }

        foreach (var range in rest[used..].Split((byte)' '))
        {
            var flag = rest[used..][range];
            if (flag.IsEmpty) continue;
            if (flag[0] == 'c' && Utf8Parser.TryParse(flag[1..], out ulong c, out var cUsed) && cUsed == flag.Length - 1) cas = c;
            else if (flag[0] == 't' && Utf8Parser.TryParse(flag[1..], out int t, out var tUsed) && tUsed == flag.Length - 1) ttl = t;
            else if (flag[0] is (byte)'c' or (byte)'t')
            {
                reply = MemcachedReply.Error($"An unreadable flag: VA {Printable(rest)}");
                return true;
            }
        }

        if (reader.Remaining < length + 2) return false;
        var data = reader.UnreadSequence.Slice(0, length);
        reader.Advance(length);
        reply = reader.IsNext("\r\n"u8, advancePast: true)
            ? new MemcachedReply(ReplyKind.Value, Encoding.Latin1.GetString(data), cas, ttl)
            : MemcachedReply.Error("A value that does not end where it should.");
        return true;
    }

    private static string Printable(ReadOnlySpan<byte> line)
    {
        var text = Encoding.ASCII.GetString(line[..Math.Min(line.Length, 100)]);
        return new string([.. text.Select(static c => char.IsControl(c) ? '?' : c)]);
    }
}
