namespace Coordinator.Grains;

/// <summary>One try of an update to hold its tables, unique per try. It is text on the wire.</summary>
public readonly record struct HolderId
{
    private readonly string? _text;

    /// <summary>Names a try.</summary>
    /// <exception cref="ArgumentException">The text is blank.</exception>
    public HolderId(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        _text = text;
    }

    /// <summary>True for the default value, which names nothing.</summary>
    public bool IsNone => _text is null;

    /// <summary>Reads the text of an id; a blank text is none.</summary>
    public static HolderId Read(string text) => string.IsNullOrWhiteSpace(text) ? default : new(text);

    /// <summary>The text; empty for none.</summary>
    public override string ToString() => _text ?? "";
}
