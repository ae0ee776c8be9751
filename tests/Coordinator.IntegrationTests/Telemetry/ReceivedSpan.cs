namespace Coordinator.IntegrationTests.Telemetry;

/// <summary>A span as the collector received it.</summary>
internal sealed record ReceivedSpan(string Service, string Scope, string TraceId, string SpanId, string ParentId, string Name,
    IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<(string TraceId, string SpanId)> Links, IReadOnlyList<string> Events)
{
    /// <summary>Reads an <c>ExportTraceServiceRequest</c>.</summary>
    public static IEnumerable<ReceivedSpan> Read(ProtoMessage request) =>
        from resource in request.Messages(1)
        let service = Attribute(resource.Messages(1).Single().Messages(1)).GetValueOrDefault("service.name", "")
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new ReceivedSpan(
            service,
            scope.Messages(1).Single().Text(1),
            span.Hex(1),
            span.Hex(2),
            span.Hex(4),
            span.Text(5),
            Attribute(span.Messages(9)),
            [.. span.Messages(13).Select(static link => (link.Hex(1), link.Hex(2)))],
            [.. span.Messages(11).Select(static e => e.Text(2))]);

    private static Dictionary<string, string> Attribute(IEnumerable<ProtoMessage> pairs) =>
        pairs.ToDictionary(static pair => pair.Text(1), static pair => Value(pair.Messages(2).Single()));

    private static string Value(ProtoMessage value) =>
        value.Has(1) ? value.Text(1) : value.Number(3).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
