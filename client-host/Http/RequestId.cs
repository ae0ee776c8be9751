using Coordinator.Intents;

namespace Coordinator.ClientHost.Http;

/// <summary>The intent id of a request: the <c>Idempotency-Key</c> header if it is one, else the header's hash; a new one without the header.</summary>
internal static class RequestId
{
    public const string Header = "Idempotency-Key";

    private const int MaxKeyCharacters = 1024;

    /// <exception cref="FormatException">The header is empty, too long or stands more than once.</exception>
    public static IntentId Of(HttpRequest request)
    {
        var values = request.Headers[Header];
        if (values.Count == 0) return new IntentId(Guid.NewGuid(), 0);
        if (values.Count > 1 || string.IsNullOrWhiteSpace(values[0]) || values[0]!.Length > MaxKeyCharacters)
            throw new FormatException($"The header {Header} is expected once, with 1 to {MaxKeyCharacters} characters.");
        return IntentId.TryParse(values[0], null, out var id) ? id : IntentId.FromKey(values[0]!);
    }
}
