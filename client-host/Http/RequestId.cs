using Coordinator.Intents;

namespace Coordinator.ClientHost.Http;

/// <summary>The intent id of a request: the <c>Idempotency-Key</c> header if it is one, else the header's hash; a new one without the header.</summary>
internal static class RequestId
{
    public const string Header = "Idempotency-Key";

    private const int MaxKeyCharacters = 1024;

    /// <exception cref="FormatException">The header is empty or too long.</exception>
    public static IntentId Of(string? key)
    {
        if (key is null) return new IntentId(Guid.NewGuid(), 0);
        if (string.IsNullOrWhiteSpace(key) || key.Length > MaxKeyCharacters) throw new FormatException($"The header {Header} has {key.Length} characters; expected 1 to {MaxKeyCharacters}.");
        return IntentId.TryParse(key, null, out var id) ? id : IntentId.FromKey(key);
    }
}
