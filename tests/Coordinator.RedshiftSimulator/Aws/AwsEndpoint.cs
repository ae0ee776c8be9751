using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Aws;

/// <summary>A stand-in for the AWS services that give logins for Redshift: GetClusterCredentials, GetClusterCredentialsWithIAM, GetCredentials of
/// Serverless and GetSecretValue. It checks signatures.</summary>
public sealed class AwsEndpoint : IAsyncDisposable
{
    /// <summary>The name of the access key that it knows.</summary>
    public const string AccessKeyId = "AKIDEXAMPLE";

    /// <summary>Its secret.</summary>
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// <summary>The name of the IAM role behind that key.</summary>
    public const string Role = "coordinator";

    private readonly LoopbackHttp _http;
    private readonly TimeProvider _time;

    private AwsEndpoint(int port, TimeProvider time)
    {
        _time = time;
        Passwords = new Passwords(time);
        _http = new LoopbackHttp(port, AnswerAsync);
    }

    /// <summary>The address.</summary>
    public string Url => _http.Url;

    /// <summary>The passwords that it has issued.</summary>
    public Passwords Passwords { get; }

    /// <summary>How long a password that it issues is valid. AWS's default is 15 minutes.</summary>
    public TimeSpan PasswordLife { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The texts of secrets.</summary>
    public ConcurrentDictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>The actions that no policy allows, such as <c>redshift:GetClusterCredentials</c>.</summary>
    public ConcurrentDictionary<string, bool> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>The actions that were asked for, with their first parameters; refused ones begin with the error.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Starts it.</summary>
    /// <param name="port">The port on loopback; 0 for a free one.</param>
    /// <param name="time">The clock of the passwords.</param>
    public static AwsEndpoint Start(int port = 0, TimeProvider? time = null) => new(port, time ?? TimeProvider.System);

    public ValueTask DisposeAsync() => _http.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var response = context.Response;
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var answer = Answer(context.Request, body.ToArray());
            response.StatusCode = answer.Status;
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        }
        catch (Exception e) when (e is IOException or HttpListenerException)
        {
            // The client is gone.
        }
    }

    private AwsAnswer Answer(HttpListenerRequest request, byte[] body)
    {
        var target = request.Headers["X-Amz-Target"];
        var isXml = target is null;
        var given = isXml ? Form(body) : Json(body);
        var (service, action) = target?.Split('.') switch
        {
            ["RedshiftServerless", var name] => ("redshift-serverless", name),
            ["secretsmanager", var name] => ("secretsmanager", name),
            _ => ("redshift", given.GetValueOrDefault("Action") ?? ""),
        };
        if (RequestSignature.Refusal(request.HttpMethod, request.RawUrl!, request.Headers, body, service, (AccessKeyId, SecretAccessKey),
            TimeProvider.System.GetUtcNow()) is { } refusal) return Refuse(isXml, 403, refusal, "The request signature is not right.");
        if (Denied.ContainsKey($"{service}:{action}"))
            return Refuse(isXml, isXml ? 403 : 400, isXml ? "AccessDenied" : "AccessDeniedException",
                $"User: arn:aws:sts::123456789012:assumed-role/{Role}/silo is not authorized to perform: {service}:{action} because no "
                + $"identity-based policy allows the {service}:{action} action");
        var parameters = given.Where(static parameter => parameter.Key is not ("Action" or "Version")).Select(static parameter => parameter.Value);
        Log.Enqueue($"{service}:{action} {string.Join(' ', parameters)}");
        return (service, action) switch
        {
            // The user name comes back with a prefix, with which the login must be made.
            ("redshift", "GetClusterCredentials") => Issue(action, $"IAM:{given["DbUser"]}"),
            ("redshift", "GetClusterCredentialsWithIAM") => Issue(action, $"IAMR:{Role}"),
            ("redshift-serverless", "GetCredentials") => Issue(null, $"IAMR:{Role}"),
            ("secretsmanager", "GetSecretValue") when Secrets.TryGetValue(given["SecretId"], out var text) =>
                AwsAnswer.Json(new() { ["Name"] = given["SecretId"], ["SecretString"] = text, ["VersionStages"] = new[] { "AWSCURRENT" } }),
            ("secretsmanager", "GetSecretValue") =>
                Refuse(isXml, 400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
            _ => Refuse(isXml, 400, "InvalidAction", $"Could not find operation {action}."),
        };
    }

    private AwsAnswer Issue(string? xmlAction, string user)
    {
        var expires = _time.GetUtcNow() + PasswordLife;
        var password = Passwords.Issue(user, expires);
        return xmlAction is not null
            ? AwsAnswer.Xml(xmlAction, ("DbUser", user), ("DbPassword", password),
                ("Expiration", expires.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)))
            : AwsAnswer.Json(new()
            {
                ["dbUser"] = user,
                ["dbPassword"] = password,
                ["expiration"] = expires.ToUnixTimeMilliseconds() / 1000.0,
            });
    }

    private AwsAnswer Refuse(bool isXml, int status, string code, string message)
    {
        Log.Enqueue($"{code}: {message}");
        return AwsAnswer.Error(isXml, status, code, message);
    }

    private static Dictionary<string, string> Form(byte[] body) => Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => Uri.UnescapeDataString(pair[1]));

    private static Dictionary<string, string> Json(byte[] body) => JsonSerializer.Deserialize<Dictionary<string, string>>(body) ?? [];
}
