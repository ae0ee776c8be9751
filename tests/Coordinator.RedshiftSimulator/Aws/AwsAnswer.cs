using System.Text.Json;
using System.Xml.Linq;

namespace Coordinator.RedshiftSimulator.Aws;

/// <summary>An answer of an AWS service.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
internal sealed record AwsAnswer(int Status, string Body)
{
    private static readonly XNamespace Redshift = "http://redshift.amazonaws.com/doc/2012-12-01/";

    /// <summary>An answer of the Query protocol.</summary>
    public static AwsAnswer Xml(string action, params (string Name, string Value)[] fields) => new(200, new XElement(
        Redshift + $"{action}Response",
        new XElement(Redshift + $"{action}Result", fields.Select(static field => new XElement(Redshift + field.Name, field.Value))),
        new XElement(Redshift + "ResponseMetadata", new XElement(Redshift + "RequestId", Guid.NewGuid()))).ToString());

    /// <summary>An answer of the JSON protocol.</summary>
    public static AwsAnswer Json(Dictionary<string, object> fields) => new(200, JsonSerializer.Serialize(fields));

    /// <summary>An error in the form of the service's protocol.</summary>
    public static AwsAnswer Error(bool isXml, int status, string code, string message) => new(status, isXml
        ? new XElement(
            Redshift + "ErrorResponse",
            new XElement(Redshift + "Error", new XElement(Redshift + "Type", "Sender"), new XElement(Redshift + "Code", code),
                new XElement(Redshift + "Message", message)),
            new XElement(Redshift + "RequestId", Guid.NewGuid())).ToString()
        : JsonSerializer.Serialize(new Dictionary<string, string> { ["__type"] = code, ["Message"] = message }));
}
