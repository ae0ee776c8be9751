namespace Coordinator.Grains;

/// <summary>The activation that granted a turn, by its owner token. None for an activation without a lock. It is text on the wire.</summary>
public readonly record struct GrantorId
{
    private readonly string? _text;

    /// <summary>Names an activation by its owner token.</summary>
    /// <exception cref="ArgumentException">The text is blank.</exception>
    public GrantorId(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        _text = text;
    }

    /// <summary>True for the default value, which names nothing.</summary>
    public bool IsNone => _text is null;

    /// <summary>Reads the text of an id; a blank text is none.</summary>
    public static GrantorId Read(string text) => string.IsNullOrWhiteSpace(text) ? default : new(text);

    /// <summary>The text; empty for none.</summary>
    public override string ToString() => _text ?? "";
}
