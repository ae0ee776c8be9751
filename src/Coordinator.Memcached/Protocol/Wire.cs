namespace Coordinator.Memcached.Protocol;

/// <summary>The limits of requests. memcached would execute the data after an overlong key as a command, so such a key is refused
/// here.</summary>
internal static class Wire
{
    public const int MaxKeyBytes = 250;
    public const int MaxValueBytes = 250;
    public const int MaxTextBytes = 16 * 1024;

    /// <summary>memcached reads a TTL beyond 30 days as a date.</summary>
    public const int MaxTtlSeconds = 2_592_000;

    public static void CheckKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Length > MaxKeyBytes) throw new ArgumentException($"The key has {key.Length} bytes; at most {MaxKeyBytes} are allowed.", nameof(key));
        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("A key may hold printable ASCII only, without spaces.", nameof(key));
    }

    public static void CheckValue(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > MaxValueBytes || !value.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"A value is 1 to {MaxValueBytes} ASCII letters and digits.", nameof(value));
    }

    public static void CheckText(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text.Length > MaxTextBytes || text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException($"A text is 1 to {MaxTextBytes} printable ASCII characters.", nameof(text));
    }

    /// <summary>Whole seconds: a fraction of a second would round down to "no expiry".</summary>
    public static int Seconds(TimeSpan ttl)
    {
        if (ttl < TimeSpan.FromSeconds(1) || ttl.TotalSeconds > MaxTtlSeconds || ttl.Ticks % TimeSpan.TicksPerSecond != 0)
            throw new ArgumentOutOfRangeException(nameof(ttl), ttl, $"A TTL is whole seconds from 1 to {MaxTtlSeconds}.");
        return (int)ttl.TotalSeconds;
    }
}
