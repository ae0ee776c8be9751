using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Tests.Memcached.Fuzzing;

/// <summary>Checks the parser, and a whole connection, with properties that must hold for any bytes of a server. An input is drawn from a seed
/// and its number, so these two replay it.</summary>
internal sealed class ReplyFuzzer(int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ServerAddress Server = new("scripted", 1);
    private static readonly MemcachedConnectionOptions Options = new() { ReplyTimeout = Patience, IdleProbe = Patience };

    private readonly ValueCache _values = new();

    /// <summary>Checks one input with the parser: complete, and growing piece by piece.</summary>
    /// <exception cref="InvalidOperationException">A property does not hold.</exception>
    public void CheckParser(int number)
    {
        var random = RandomOf(number);
        var script = ReplyScript.Draw(random);
        // The bytes after the input would end any line and any value.
        var behind = script.Bytes.Concat("\r\n\r\nEND\r\n"u8.ToArray()).ToArray();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var whole = Parse(behind.AsSpan(0, script.Bytes.Length), static (_, length) => length);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Hold(allocated <= (64L * script.Bytes.Length) + 65_536, $"{allocated} bytes were allocated for {script.Bytes.Length}");
        var isShort = script.Bytes.Length <= 4096;
        var pieces = Parse(script.Bytes, (end, length) => isShort ? end + 1 : Math.Min(length, end + random.Next(1, 10_000)));
        Hold(whole.SequenceEqual(pieces), $"read whole: {Text(whole)}; read in pieces: {Text(pieces)}");
        Hold(script.Replies is null || whole.SequenceEqual(script.Replies), $"read {Text(whole)} instead of {Text(script.Replies ?? [])}");
    }

    /// <summary>Checks one input with a connection: each request gets its own answer, or one that says that the outcome is unknown.</summary>
    /// <exception cref="InvalidOperationException">A property does not hold.</exception>
    public async Task CheckConnectionAsync(int number)
    {
        var random = RandomOf(number);
        var script = ReplyScript.Draw(random);
        var expected = Expected(script);
        await using var connection = new MemcachedConnection(new ScriptedStream(script, random), Server, Options, TimeProvider.System);
        var asked = script.Commands.Select(command => connection.SendAsync(command, CancellationToken.None).AsTask()).ToList();
        var replies = await Task.WhenAll(asked).WaitAsync(Patience);
        Hold(replies.Select(static r => r.Kind).SequenceEqual(expected), $"answered {Text(replies)} instead of {string.Join(", ", expected)}");
        await connection.Closed.WaitAsync(Patience);
        var late = await connection.GetAsync("k", CancellationToken.None);
        Hold(late.Kind == ReplyKind.Unreachable, $"a connection that is over answered {late}");
    }

    /// <summary>The bytes of an input, for the failure report.</summary>
    public byte[] BytesOf(int number) => ReplyScript.Draw(RandomOf(number)).Bytes;

    private Random RandomOf(int number) => new(unchecked((seed * 1_000_003) + number));

    private IEnumerable<ReplyKind> Expected(ReplyScript script)
    {
        var said = Parse(script.Bytes, static (_, length) => length);
        var isOver = false;
        foreach (var (command, i) in script.Commands.Select(static (c, i) => (c, i)))
        {
            if (isOver || i >= said.Count)
            {
                yield return ReplyKind.Lost;
                continue;
            }

            isOver = !command.Kind.IsAnsweredBy(said[i].Kind);
            yield return isOver ? ReplyKind.Error : said[i].Kind;
        }
    }

    /// <summary>All replies up to the first error, read from an input that grows.</summary>
    private List<MemcachedReply> Parse(ReadOnlySpan<byte> input, Func<int, int, int> grow)
    {
        var replies = new List<MemcachedReply>();
        for (var (start, end) = (0, 0); end < input.Length;)
        {
            end = grow(end, input.Length);
            while (ReplyParser.TryRead(input[start..end], _values, out var used, out var reply))
            {
                Hold(used > 0 && used <= end - start, $"{used} of {end - start} bytes were used");
                Hold(reply.Value.Length <= ReplyParser.MaxDataBytes, $"a value of {reply.Value.Length} bytes");
                Hold(Enum.IsDefined(reply.Kind) && reply.Kind is not (ReplyKind.Unreachable or ReplyKind.Lost), $"read {reply}");
                Hold((reply.Kind == ReplyKind.Error) == (reply.Detail.Length > 0), $"an error without reason, or a reason without error: {reply}");
                // The text of the error may depend on how much had arrived; the fact of the error may not.
                replies.Add(reply with { Detail = "" });
                if (reply.Kind == ReplyKind.Error) return replies;
                start += used;
                if (start == end) break;
            }

            Hold(end - start < ReplyParser.MaxReplyBytes, $"{end - start} bytes are no reply yet");
        }

        return replies;
    }

    private static string Text(IEnumerable<MemcachedReply> replies) =>
        string.Join(", ", replies.Select(static r => $"{r.Kind} '{r.Value}' {r.Detail}"));

    private static void Hold(bool isTrue, string otherwise)
    {
        if (!isTrue) throw new InvalidOperationException(otherwise);
    }
}
