namespace Coordinator.Core.Binding;

/// <summary>What a JSON value is at its top.</summary>
internal enum JsonKind
{
    Null,
    Literal,
    Number,
    String,
    Compound,
}
