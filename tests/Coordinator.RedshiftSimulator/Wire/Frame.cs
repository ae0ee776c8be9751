using System.Buffers.Binary;
using System.Text;

namespace Coordinator.RedshiftSimulator.Wire;

/// <summary>A message of PostgreSQL's protocol, version 3: a type and its body, without the length.</summary>
internal readonly record struct Frame(char Type, byte[] Body)
{
    public static Frame Query(string sql) => new('Q', Zero(sql));

    public static Frame Parse(string name, string sql) => new('P', [.. Zero(name), .. Zero(sql), 0, 0]);

    public static Frame Bind(string portal, string statement) => new('B', [.. Zero(portal), .. Zero(statement), 0, 0, 0, 0, 0, 0]);

    public static Frame Execute(string portal) => new('E', [.. Zero(portal), 0, 0, 0, 0]);

    public static Frame ClosePortal(string portal) => new('C', [(byte)'P', .. Zero(portal)]);

    public static Frame CloseStatement(string name) => new('C', [(byte)'S', .. Zero(name)]);

    public static Frame Flush => new('H', []);

    public static Frame Sync => new('S', []);

    public static Frame CommandComplete(string tag) => new('C', Zero(tag));

    public static Frame ReadyForQuery(char status) => new('Z', [(byte)status]);

    /// <summary>The zero-terminated text at an offset. Moves the offset behind it.</summary>
    public string Text(ref int at)
    {
        var length = Body.AsSpan(at).IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(Body, at, length);
        at += length + 1;
        return text;
    }

    public short Int16(ref int at)
    {
        at += 2;
        return BinaryPrimitives.ReadInt16BigEndian(Body.AsSpan(at - 2));
    }

    public int Int32(ref int at)
    {
        at += 4;
        return BinaryPrimitives.ReadInt32BigEndian(Body.AsSpan(at - 4));
    }

    private static byte[] Zero(string text) => Encoding.UTF8.GetBytes(text + "\0");
}
