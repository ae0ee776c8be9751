using System.Globalization;
using System.Text.Json;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Reads a login from a secret's JSON in the form that AWS's rotation keeps.</summary>
/// <remarks>https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html</remarks>
internal static class SecretText
{
    /// <summary>How long a secret's login is used before Secrets Manager is asked again. It finds the other user of a rotation that alternates
    /// between two users before the next rotation ends the first one's password.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>The login of the answer of GetSecretValue; null if it has no JSON with a user name and a password.</summary>
    public static Login? Read(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (Text(document.RootElement, "SecretString") is not { } json) return null;
            using var secret = JsonDocument.Parse(json);
            var root = secret.RootElement;
            return Text(root, "username") is { Length: > 0 } user && Text(root, "password") is { Length: > 0 } password
                ? new Login(user, password)
                {
                    Life = Life,
                    Host = Text(root, "host") ?? "",
                    Port = int.TryParse(Text(root, "port"), CultureInfo.InvariantCulture, out var port) ? port : null,
                    Database = Text(root, "dbname") ?? "",
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.ToString() : null;
}
