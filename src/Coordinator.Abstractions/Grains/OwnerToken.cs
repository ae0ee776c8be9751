namespace Coordinator.Grains;

/// <summary>An activation, by the owner token of its ghetto lock, unique for each activation. None for an activation without a lock. It is text on
/// the wire, in the lock and in the ledger.</summary>
public readonly record struct OwnerToken
{
    private readonly string? _text;

    /// <summary>Names an activation by its owner token.</summary>
    /// <exception cref="ArgumentException">The text is blank.</exception>
    public OwnerToken(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        _text = text;
    }

    /// <summary>True for the default value, which names nothing.</summary>
    public bool IsNone => _text is null;

    /// <summary>Reads the text of an id; a blank text is none.</summary>
    public static OwnerToken Read(string text) => string.IsNullOrWhiteSpace(text) ? default : new(text);

    /// <summary>The text; empty for none.</summary>
    public override string ToString() => _text ?? "";
}
