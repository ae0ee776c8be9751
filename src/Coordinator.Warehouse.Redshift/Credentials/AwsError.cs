using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>An error that an AWS service answers with: XML of the Query protocol, or JSON.</summary>
/// <param name="Code">The code, such as <c>AccessDenied</c>.</param>
/// <param name="Message">The message.</param>
internal sealed record AwsError(string Code, string Message)
{
    /// <summary>Whether the silo's identity lacks a right. The services name this error differently.</summary>
    public bool IsDenied => Code.StartsWith("AccessDenied", StringComparison.Ordinal) || Code is "UnauthorizedOperation" or "NotAuthorized";

    /// <summary>Reads an answer. One that is in neither form has the HTTP status as its code.</summary>
    public static AwsError Read(string answer, int status)
    {
        var unknown = new AwsError($"HTTP {status}", "");
        try
        {
            return answer.TrimStart() switch
            {
                ['<', ..] => OfXml(XDocument.Parse(answer), unknown),
                ['{', ..] => OfJson(answer, unknown),
                _ => unknown,
            };
        }
        catch (Exception e) when (e is XmlException or JsonException)
        {
            return unknown;
        }
    }

    private static AwsError OfXml(XDocument answer, AwsError unknown)
    {
        string? Of(string name) => answer.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        return new AwsError(Of("Code") ?? unknown.Code, Of("Message") ?? "");
    }

    private static AwsError OfJson(string answer, AwsError unknown)
    {
        using var document = JsonDocument.Parse(answer);
        string? Of(string name) => document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
        // com.amazonaws.secretsmanager#ResourceNotFoundException
        return new AwsError(Of("__type")?.Split('#')[^1] ?? unknown.Code, Of("message") ?? Of("Message") ?? "");
    }
}
