using System.Globalization;
using System.Text;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Tests.Memcached.Fuzzing;

/// <summary>Requests and the bytes of the answers, valid or not, drawn from a seed.</summary>
/// <param name="Commands">The requests.</param>
/// <param name="Bytes">The bytes that the server sends.</param>
/// <param name="Replies">The expected replies if the bytes are valid; else null.</param>
internal sealed record ReplyScript(IReadOnlyList<Command> Commands, byte[] Bytes, IReadOnlyList<MemcachedReply>? Replies)
{
    private static readonly string[] Numbers =
        ["-1", "0", "1", "32768", "32769", "2147483647", "2147483648", "18446744073709551615", "99999999999999999999999", "1e3", "0x10"];
    private static readonly string[] Beginnings = ["", "VA ", "VA 5 c", "VA 5 t", "CONFIG cluster 0 ", "SERVER_ERROR "];
    private static readonly string[] Words = ["VA ", "\r\n", "\n", "\r", " ", "EN\r\n", "HD", "ERROR\r\n", "SERVER_ERROR ", "CONFIG cluster 0 ",
        "END\r\n", "STORED\r\n", "c", "t-1", "\0", "VA 5 c1 t30\r\n"];

    public static ReplyScript Draw(Random random)
    {
        var valid = Valid(random);
        return random.Next(8) switch
        {
            0 or 1 => valid,
            2 => valid with { Bytes = Noise(random), Replies = null },
            3 => valid with { Bytes = Endless(random), Replies = null },
            _ => valid with { Bytes = Mutated(random, valid.Bytes), Replies = null },
        };
    }

    /// <summary>A valid stream of replies.</summary>
    public static ReplyScript Valid(Random random)
    {
        var (commands, replies, text) = (new List<Command>(), new List<MemcachedReply>(), new StringBuilder());
        for (var i = random.Next(1, 9); i > 0; i--)
        {
            var (command, said, reply) = Exchange(random);
            commands.Add(command);
            replies.Add(reply);
            text.Append(said);
        }

        return new ReplyScript(commands, Encoding.Latin1.GetBytes(text.ToString()), replies);
    }

    private static (Command Command, string Said, MemcachedReply Reply) Exchange(Random random)
    {
        switch (random.Next(9))
        {
            case 0: return (Command.Add("k", "v", 15), "STORED\r\n", new(ReplyKind.Stored));
            case 1: return (Command.Add("k", "v", 15), "NOT_STORED\r\n", new(ReplyKind.NotStored));
            case 2: return (Command.Delete("k", 7), "HD \r\n", new(ReplyKind.Deleted));
            case 3: return (Command.Delete("k", 7), "EX\r\n", new(ReplyKind.Exists));
            case 4: return (Command.NoOp, "MN\r\n", new(ReplyKind.NoOp));
            case 5: return (Command.Get("k"), "EN\r\n", new(ReplyKind.Miss));
            case 6:
                var servers = string.Create(CultureInfo.InvariantCulture, $"{random.Next()}\na|b|{random.Next(1, 9)}\n");
                return (Command.Config, $"CONFIG cluster 0 {servers.Length}\r\n{servers}\r\nEND\r\n", new(ReplyKind.Config, servers));
            default:
                var value = Value(random);
                var (cas, ttl) = ((ulong)random.NextInt64(), random.Next(-1, 1000));
                var said = string.Create(CultureInfo.InvariantCulture,
                    $"VA {value.Length} {(random.Next(2) == 0 ? " W " : "")}c{cas} t{ttl}\r\n{value}\r\n");
                return (Command.Peek("k"), said, new(ReplyKind.Value, value, cas, ttl));
        }
    }

    private static string Value(Random random)
    {
        var length = random.Next(20) == 0 ? random.Next(ReplyParser.MaxDataBytes + 1) : random.Next(60);
        return string.Create(length, random, static (text, random) =>
        {
            // A value may contain any byte, and line ends are the most important ones.
            foreach (ref var c in text) c = random.Next(10) == 0 ? "\r\n \0ÿ"[random.Next(5)] : (char)random.Next('0', 'z');
        });
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(2) == 0 ? random.Next(40) : random.Next(3000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Endless(Random random)
    {
        var beginning = Encoding.ASCII.GetBytes(
            Beginnings[random.Next(Beginnings.Length)] + Numbers[random.Next(Numbers.Length)] + (random.Next(2) == 0 ? "\r\n" : ""));
        var bytes = new byte[random.Next(100_000)];
        Array.Fill(bytes, (byte)"x \r\n\0"[random.Next(5)]);
        beginning.AsSpan(0, Math.Min(beginning.Length, bytes.Length)).CopyTo(bytes);
        return bytes;
    }

    private static byte[] Mutated(Random random, byte[] valid)
    {
        var bytes = new List<byte>(valid);
        for (var i = random.Next(1, 5); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(Math.Min(bytes.Count, random.Next(2) == 0 ? 40 : int.MaxValue));
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.InsertRange(at, Encoding.ASCII.GetBytes(Words[random.Next(Words.Length)])); break;
                case 3: bytes.InsertRange(at, Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)])); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.AddRange(bytes.GetRange(at, Math.Min(bytes.Count - at, 50))); break;
            }
        }

        return [.. bytes];
    }
}
