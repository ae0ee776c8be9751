namespace Coordinator.Core.Binding;

/// <summary>The kind of a JSON value.</summary>
internal enum JsonKind
{
    Null,
    Literal,
    Number,
    String,
    Compound,
}
