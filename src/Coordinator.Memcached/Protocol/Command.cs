using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Coordinator.Memcached.Protocol;

/// <summary>One command. What makes it checks key and value (<see cref="Wire"/>), so that each one may be sent.</summary>
internal readonly record struct Command(CommandKind Kind, string Key = "", string Value = "", ulong Number = 0)
{
    // Besides the value: the key, two numbers of at most 20 digits, the words and line ends.
    private const int MaxBytes = Wire.MaxKeyBytes + 64;

    public static Command Add(string key, string value, int ttlSeconds)
    {
        Wire.CheckValue(value);
        return Of(CommandKind.Add, key, (ulong)ttlSeconds, value);
    }

    /// <summary>Stores a text, replacing any value.</summary>
    public static Command Set(string key, string text, int ttlSeconds)
    {
        Wire.CheckText(text);
        return Of(CommandKind.Set, key, (ulong)ttlSeconds, text);
    }

    public static Command Get(string key) => Of(CommandKind.Get, key);

    /// <summary>Reads without counting as a use of the key.</summary>
    public static Command Peek(string key) => Of(CommandKind.Peek, key);

    /// <summary>Reads, and sets a new TTL. It neither allocates nor changes the CAS, so it is safe when memory is full.</summary>
    public static Command Touch(string key, int ttlSeconds) => Of(CommandKind.Touch, key, (ulong)ttlSeconds);

    public static Command Delete(string key, ulong cas) => Of(CommandKind.Delete, key, cas);

    public static Command NoOp => new(CommandKind.NoOp);

    /// <summary>Lists the servers of a cluster: ElastiCache's addition to the protocol.</summary>
    public static Command Config => new(CommandKind.Config);

    /// <summary>Writes the command, without allocating.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var bytes = output.GetSpan(MaxBytes + Value.Length);
        var rest = bytes;
        switch (Kind)
        {
            case CommandKind.Add or CommandKind.Set:
                Put(ref rest, Kind == CommandKind.Add ? "add "u8 : "set "u8, Key, " 0 "u8);
                Put(ref rest, Number, " "u8);
                Put(ref rest, (ulong)Value.Length, "\r\n"u8);
                Put(ref rest, ""u8, Value, "\r\n"u8);
                break;
            case CommandKind.Get:
                Put(ref rest, "mg "u8, Key, " v c t\r\n"u8);
                break;
            case CommandKind.Peek:
                Put(ref rest, "mg "u8, Key, " v c t u\r\n"u8);
                break;
            case CommandKind.Touch:
                Put(ref rest, "mg "u8, Key, " v c T"u8);
                Put(ref rest, Number, " t\r\n"u8);
                break;
            case CommandKind.Delete:
                Put(ref rest, "md "u8, Key, " C"u8);
                Put(ref rest, Number, "\r\n"u8);
                break;
            default:
                Put(ref rest, Kind == CommandKind.Config ? "config get cluster\r\n"u8 : "mn\r\n"u8);
                break;
        }

        output.Advance(bytes.Length - rest.Length);
    }

    private static Command Of(CommandKind kind, string key, ulong number = 0, string value = "")
    {
        Wire.CheckKey(key);
        return new Command(kind, key, value, number);
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> before, string text, ReadOnlySpan<byte> after)
    {
        Put(ref rest, before);
        rest = rest[Encoding.ASCII.GetBytes(text, rest)..];
        Put(ref rest, after);
    }

    private static void Put(ref Span<byte> rest, ulong number, ReadOnlySpan<byte> after)
    {
        Utf8Formatter.TryFormat(number, rest, out var written);
        rest = rest[written..];
        Put(ref rest, after);
    }
}
