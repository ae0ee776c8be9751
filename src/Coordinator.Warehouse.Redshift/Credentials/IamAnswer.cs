using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Reads a temporary login from the answer of Redshift's API: XML for provisioned clusters, JSON for Serverless.</summary>
internal static class IamAnswer
{
    /// <summary>The login; null if the answer has none.</summary>
    public static Login? OfXml(string answer, DateTimeOffset now)
    {
        var elements = XDocument.Parse(answer).Descendants().ToList();
        string? Text(string name) => elements.Find(element => element.Name.LocalName == name)?.Value;
        return Of(Text("DbUser"), Text("DbPassword"), Instant(Text("Expiration")), now);
    }

    /// <summary>The login; null if the answer has none.</summary>
    public static Login? OfJson(string answer, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(answer);
        string? Text(string name) => document.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
        var expiration = Text("expiration");
        // The protocol writes times as seconds since 1970.
        var at = double.TryParse(expiration, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : Instant(expiration);
        return Of(Text("dbUser"), Text("dbPassword"), at, now);
    }

    private static Login? Of(string? user, string? password, DateTimeOffset? expiration, DateTimeOffset now) =>
        string.IsNullOrEmpty(user) || string.IsNullOrEmpty(password) ? null : new Login(user, password) { Life = expiration - now };

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
