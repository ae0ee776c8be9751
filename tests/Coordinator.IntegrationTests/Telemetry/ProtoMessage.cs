using Google.Protobuf;

namespace Coordinator.IntegrationTests.Telemetry;

/// <summary>A protobuf message by field numbers. The few OTLP fields read here need no generated code.</summary>
internal sealed class ProtoMessage
{
    private readonly ILookup<int, object> _fields;

    public ProtoMessage(ByteString bytes) => _fields = Read(bytes.CreateCodedInput()).ToLookup(static f => f.Number, static f => f.Value);

    public IEnumerable<ProtoMessage> Messages(int field) => Of<ByteString>(field).Select(static b => new ProtoMessage(b));

    public string Text(int field) => Of<ByteString>(field).LastOrDefault()?.ToStringUtf8() ?? "";

    public string Hex(int field) => Convert.ToHexStringLower((Of<ByteString>(field).LastOrDefault() ?? ByteString.Empty).Span);

    public ulong Number(int field) => Of<ulong>(field).LastOrDefault();

    public bool Has(int field) => _fields.Contains(field);

    private IEnumerable<T> Of<T>(int field) => _fields[field].OfType<T>();

    private static IEnumerable<(int Number, object Value)> Read(CodedInputStream input)
    {
        while (input.ReadTag() is var tag and not 0)
        {
            yield return (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => (ulong)input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes(),
                var other => throw new InvalidDataException($"Wire type {other} is not in OTLP."),
            });
        }
    }
}
