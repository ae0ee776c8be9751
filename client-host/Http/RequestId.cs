using Coordinator.Intents;

namespace Coordinator.ClientHost.Http;

/// <summary>The intent id of a request: the value of the <c>Idempotency-Key</c> header, or a new id without the header.</summary>
internal static class RequestId
{
    public const string Header = "Idempotency-Key";

    /// <exception cref="FormatException">The header is empty, too long or a malformed quoted string.</exception>
    public static IntentId Of(string? key)
    {
        if (key is null) return new IntentId(Guid.NewGuid(), 0);
        try
        {
            return IntentId.FromText(key);
        }
        catch (FormatException e)
        {
            throw new FormatException($"The header {Header} is malformed. {e.Message}", e);
        }
    }
}
