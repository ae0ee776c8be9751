namespace Coordinator.Grains;

/// <summary>The silo of a holder, as Orleans writes its address. None for a holder that runs on no silo. It is text on the wire.</summary>
public readonly record struct SiloId
{
    private readonly string? _text;

    /// <summary>Names a silo by its address.</summary>
    /// <exception cref="ArgumentException">The text is blank.</exception>
    public SiloId(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        _text = text;
    }

    /// <summary>True for the default value, which names nothing.</summary>
    public bool IsNone => _text is null;

    /// <summary>Reads the text of an id; a blank text is none.</summary>
    public static SiloId Read(string text) => string.IsNullOrWhiteSpace(text) ? default : new(text);

    /// <summary>The text; empty for none.</summary>
    public override string ToString() => _text ?? "";
}
