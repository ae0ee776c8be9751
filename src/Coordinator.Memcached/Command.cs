using System.Buffers;
using System.Globalization;
using System.Text;

namespace Coordinator.Memcached;

/// <summary>The commands of the lock protocol, as bytes. Keys and values were checked before (<see cref="Wire"/>).</summary>
internal readonly record struct Command(CommandKind Kind, string Line, string? Data = null)
{
    public static Command Add(string key, string value, int ttlSeconds) =>
        new(CommandKind.Add, string.Create(CultureInfo.InvariantCulture, $"add {key} 0 {ttlSeconds} {value.Length}"), value);

    public static Command Get(string key) => new(CommandKind.Get, $"mg {key} v c t");

    /// <summary>Reads without counting as a use of the key.</summary>
    public static Command Peek(string key) => new(CommandKind.Get, $"mg {key} v c t u");

    /// <summary>Reads, and gives the key a new life. It neither allocates nor changes the CAS, so it is safe when memory is full.</summary>
    public static Command Touch(string key, int ttlSeconds) =>
        new(CommandKind.Get, string.Create(CultureInfo.InvariantCulture, $"mg {key} v c T{ttlSeconds} t"));

    public static Command Delete(string key, ulong cas) =>
        new(CommandKind.Delete, string.Create(CultureInfo.InvariantCulture, $"md {key} C{cas}"));

    public static Command NoOp { get; } = new(CommandKind.NoOp, "mn");

    public bool IsAnsweredBy(ReplyKind reply) => Kind switch
    {
        CommandKind.Add => reply is ReplyKind.Stored or ReplyKind.NotStored,
        CommandKind.Get => reply is ReplyKind.Value or ReplyKind.Miss,
        CommandKind.Delete => reply is ReplyKind.Deleted or ReplyKind.Exists or ReplyKind.NotFound,
        CommandKind.NoOp => reply is ReplyKind.NoOp,
        _ => false,
    };

    public void WriteTo(IBufferWriter<byte> output)
    {
        Encoding.ASCII.GetBytes(Line, output);
        output.Write("\r\n"u8);
        if (Data is null) return;
        Encoding.ASCII.GetBytes(Data, output);
        output.Write("\r\n"u8);
    }
}
